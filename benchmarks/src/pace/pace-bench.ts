import path from "node:path";
import { parseArgs } from "node:util";
import { countOption, type Figures, UsageError } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import { knownCaps } from "../world/audience.ts";
import type { World } from "../world/world.ts";
import { worldBench } from "../world/world-bench.ts";
import { type PaceRun, runPace } from "./run-pace.ts";
import { isPunctual, whyInvalid } from "./validity.ts";

/** How often a run whose simulator was late is repeated. */
const repeats = 3;

export const paceBench = worldBench({
  name: "pace",
  usage: "pace --caps 20,80,1000 --seconds 35 --queue 100000 --recount-rest 2000",
  measures:
    "How much of a number's cap is used, and that it is never exceeded: real servers, worker processes and ledger, the simulator as a process of its own that counts arrivals and keeps receipts back. At 20/s one sending worker, above two; always two campaigns, with the queue halved between them: so many due rows are left when it ends, what is sent meanwhile comes on top. On one connection recounts of all rows follow each other, --recount-rest milliseconds after the last has ended (0: one never ends). Campaigns are launched by the verb in this process: HTTP is not in it, the start through outbox and workflow is. CPU is that of all worker processes, memory that of the largest. A run whose simulator was late, also while it warmed up, is repeated up to three times; less than 30 s, fewer than 100,000 due rows or a late simulator: `valid` is false.",
  withWeb: false,
  options: optionsOf,
  async measure(world, options, say) {
    const lines: Figures[] = [];
    for (const cap of options.caps) lines.push(await paceOf(world, cap, options, say));
    return lines;
  },
});

type PaceOptions = {
  readonly caps: readonly number[];
  readonly seconds: number;
  readonly queue: number;
  readonly recountRestMs: number;
  readonly profileDir: string | null;
};

function optionsOf(args: readonly string[]): PaceOptions {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const options = {
    caps: text("20,80,1000"),
    seconds: text("35"),
    queue: text("100000"),
    "recount-rest": text("2000"),
    profile: { type: "string" },
  } as const;
  const values = valuesOf(() => parseArgs({ args: [...args], options }).values);
  const caps = values.caps.split(",").map(Number);
  if (!caps.every((cap) => knownCaps.includes(cap))) throw new UsageError(`--caps takes ${knownCaps.join(", ")}, with commas between`);
  return {
    caps,
    seconds: countOption("seconds", values.seconds, { min: 5, max: 600 }),
    queue: countOption("queue", values.queue, { min: 1000, max: 1_000_000 }),
    recountRestMs: countOption("recount-rest", values["recount-rest"], { min: 0, max: 600_000 }),
    profileDir: values.profile === undefined ? null : path.resolve(values.profile),
  };
}

function valuesOf<Values>(read: () => Values): Values {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

let ordinal = 0;

async function paceOf(world: World, cap: number, options: PaceOptions, say: (line: string) => void): Promise<Figures> {
  for (let attempt = 1; ; attempt += 1) {
    ordinal += 1;
    const run = await runPace(world, { ...options, cap, ordinal, say });
    const reasons = whyInvalid({ ...run, isProfiled: options.profileDir !== null });
    const figures = {
      ...figuresOf(run),
      attempt,
      valid: reasons.length === 0,
      ...(reasons.length === 0 ? {} : { invalidBecause: reasons }),
    };
    if (isPunctual(run) || attempt > repeats) return figures;
    say(`cap ${cap}: attempt ${attempt} does not count and is repeated: ${JSON.stringify(figures)}`);
  }
}

const figuresOf = (run: PaceRun): Figures => ({
  cap: run.cap,
  seconds: rounded(run.seconds, 2),
  sent: run.sent,
  ratio: rounded(run.ratio, 4),
  maxPerSlidingSecond: run.maxPerSlidingSecond,
  refused: run.refused,
  simLoopLagMaxMs: run.simLoopLagMaxMs,
  workerCpuSecondsPer1000: rounded(run.workerCpuSecondsPer1000, 3),
  workerRssMb: Math.max(...run.workers.map(({ rssMb }) => rssMb)),
  gateP50Ms: rounded(run.gateP50Ms, 2),
  gateP99Ms: rounded(run.gateP99Ms, 2),
  warmUpLagMaxMs: run.warmUpLagMaxMs,
  workers: run.workers,
  dueRowsAtEnd: run.dueRowsAtEnd,
  recounts: run.recounts.count,
  recountSeconds: rounded(run.recounts.runningSeconds, 1),
  recountSlowestMs: Math.round(run.recounts.slowestMs),
});
