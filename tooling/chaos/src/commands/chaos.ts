import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { assertNode, interruption } from "@herald/stack";

const usage = `pnpm chaos [--trials N] [--seed S] [--only-trial K] [--state-dir FOLDER]
  short campaigns while everything is killed, cut, slowed and told lies; the provider's own books are the judge
pnpm chaos --kill-at-full-pace [--state-dir FOLDER]
  a worker is killed at 1,000 messages per second; what becomes of those it was sending
`;

async function chaos(): Promise<number> {
  assertNode();
  const { values } = parseArgs({
    options: {
      trials: { type: "string", default: "40" },
      seed: { type: "string", default: "1" },
      "only-trial": { type: "string" },
      "kill-at-full-pace": { type: "boolean", default: false },
      "state-dir": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const [trials, seed, onlyTrial] = [values.trials, values.seed, values["only-trial"] ?? "0"].map(Number);
  if (values.help || ![trials, seed, onlyTrial].every(Number.isSafeInteger) || !(trials && trials > 0)) {
    process.stderr.write(usage);
    return 64;
  }
  const stateDir = path.resolve(values["state-dir"] ?? (await mkdtemp(path.join(tmpdir(), "herald-chaos-"))));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  // the servers are detached: nothing else keeps this process alive while it waits for one of them
  const alive = setInterval(() => undefined, 60_000);
  try {
    if (values["kill-at-full-pace"]) {
      const { killAtFullPace } = await import("../full-pace/kill-at-full-pace.ts");
      return await killAtFullPace({ stateDir, say });
    }
    const { runTrials } = await import("../trial/run-trials.ts");
    return await runTrials({ trials: trials ?? 0, seed: seed ?? 0, onlyTrial: onlyTrial || null, stateDir, say, signal: interruption() });
  } finally {
    clearInterval(alive);
  }
}

process.exitCode = await chaos().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
});
