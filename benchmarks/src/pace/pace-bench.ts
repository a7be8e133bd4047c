import path from "node:path";
import { parseArgs } from "node:util";
import { type Bench, countOption, type Figures, UsageError } from "../bench.ts";
import { rounded } from "../measure/percentile.ts";
import { knownCaps } from "../world/audience.ts";
import { inWorld, type World } from "../world/world.ts";
import { type PaceRun, runPace } from "./run-pace.ts";

/** A simulator that is later than this measures itself and not Herald. */
const longestLagMs = 10;
const tries = 3;

export const paceBench: Bench = {
  name: "pace",
  usage: "pace --caps 20,80,1000 --seconds 35 --queue 100000",
  measures:
    "How much of a number's cap is used, and that it is never exceeded: real servers, worker processes and ledger, the simulator as a process of its own that counts arrivals and keeps receipts back. At 20/s one sending worker, above two; always two campaigns, with the queue halved between them, and one recount after another meanwhile. Campaigns are launched by the verb in this process: HTTP is not in it, the start through outbox and workflow is. CPU is that of all worker processes, memory that of the largest.",
  async run(args, say) {
    const options = optionsOf(args);
    return inWorld({ withWeb: false, say }, async (world) => {
      const lines: Figures[] = [];
      for (const cap of options.caps) lines.push(await paceOf(world, cap, options, say));
      return lines;
    });
  },
};

type PaceOptions = {
  readonly caps: readonly number[];
  readonly seconds: number;
  readonly queue: number;
  readonly profileDir: string | null;
};

function optionsOf(args: readonly string[]): PaceOptions {
  let values: { caps: string; seconds: string; queue: string; profile?: string | undefined };
  try {
    const text = (value: string) => ({ type: "string", default: value }) as const;
    const options = { caps: text("20,80,1000"), seconds: text("35"), queue: text("100000"), profile: { type: "string" } } as const;
    values = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const caps = values.caps.split(",").map(Number);
  if (!caps.every((cap) => knownCaps.includes(cap))) throw new UsageError(`--caps takes ${knownCaps.join(", ")}, with commas between`);
  return {
    caps,
    seconds: countOption("seconds", values.seconds, { min: 5, max: 600 }),
    queue: countOption("queue", values.queue, { min: 1000, max: 100_000 }),
    profileDir: values.profile === undefined ? null : path.resolve(values.profile),
  };
}

let ordinal = 0;

async function paceOf(
  world: World,
  cap: number,
  { seconds, queue, profileDir }: PaceOptions,
  say: (line: string) => void,
): Promise<Figures> {
  for (let attempt = 1; ; attempt += 1) {
    ordinal += 1;
    const run = await runPace(world, { cap, seconds, queue, ordinal, profileDir, say });
    const isValid = run.simLoopLagMaxMs <= longestLagMs;
    if (isValid) return figuresOf(run);
    say(`cap ${cap}: run ${attempt} does not count, the simulator's event loop was up to ${run.simLoopLagMaxMs} ms late`);
    if (attempt === tries) return { ...figuresOf(run), isValid };
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
  workerRssMb: run.workerRssMb,
  gateP50Ms: rounded(run.gateP50Ms, 2),
  gateP99Ms: rounded(run.gateP99Ms, 2),
});
