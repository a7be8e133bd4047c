import { availableParallelism, cpus, totalmem } from "node:os";

/** The machine a figure belongs to, in one line. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${availableParallelism()} cores, ${memoryGb} GB memory, ${process.platform} ${process.arch}, Node ${process.version}`;
}
