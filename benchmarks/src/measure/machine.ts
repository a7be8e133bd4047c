import { availableParallelism, cpus, freemem, loadavg, totalmem } from "node:os";

/** The machine a figure belongs to, and how loaded it is before anything was started, in one line. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const [totalGb, freeGb] = [totalmem(), freemem()].map((bytes) => (bytes / 2 ** 30).toFixed(1));
  const load = (loadavg()[0] ?? 0).toFixed(2);
  const memory = `${totalGb} GB memory (${freeGb} free)`;
  return `${model}, ${availableParallelism()} cores, ${memory}, load ${load}, ${process.platform} ${process.arch}, Node ${process.version}`;
}
