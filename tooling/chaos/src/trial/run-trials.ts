import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { drawPlan } from "../plan/plan.ts";
import { openWorld } from "../world/world.ts";
import { describeFailure, describeTrial, totalsOf, wrongsOf } from "./report.ts";
import { runTrial, type TrialResult } from "./run-trial.ts";

/** All its waits together are shorter: a trial that takes longer hangs. */
const longestTrialMs = 600_000;

export type RunOptions = {
  readonly trials: number;
  readonly seed: number;
  /** Replays one trial of the plan alone. */
  readonly onlyTrial: number | null;
  readonly stateDir: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/** The whole run. Its last line on stdout is the result; 0 unless somebody was lost, sent to twice or miscounted, or a law was broken. */
export async function runTrials({ trials, seed, onlyTrial, stateDir, say, signal }: RunOptions): Promise<number> {
  const plan = drawPlan({ trials, seed }).filter(({ trial }) => onlyTrial === null || trial === onlyTrial);
  const world = await openWorld(stateDir, say);
  const results: TrialResult[] = [];
  const neverJudged: number[] = [];
  const stopped = new Set<string>();
  try {
    for (const trial of plan) {
      if (signal.aborted) break;
      const result = await Promise.race([runTrial(world, trial, stopped, say), tooLong()]).catch((error: unknown) => {
        say(`seed ${seed}, trial ${trial.trial} could not be judged: ${error instanceof Error ? error.stack : String(error)}`);
        return null;
      });
      if (result === null) {
        neverJudged.push(trial.trial);
        break; // what it left is no clean sheet for the next
      }
      results.push(result);
      say(describeTrial(result));
      if (isGood(result)) continue;
      say(describeFailure(result, seed));
      await keep(stateDir, result);
    }
  } finally {
    await world.end();
  }
  const failed = results.filter((result) => !isGood(result));
  const isDone = results.length === plan.length && failed.length === 0;
  if (!isDone) say(`state, logs and evidence are kept in ${stateDir}`);
  else await rm(stateDir, { recursive: true, force: true });
  process.stdout.write(`${JSON.stringify(totalsOf(results, neverJudged))}\n`);
  return isDone ? 0 : 1;
}

async function tooLong(): Promise<never> {
  await sleep(longestTrialMs, undefined, { ref: false });
  throw new Error(`it had not ended after ${longestTrialMs / 60_000} minutes`);
}

const isGood = ({ judgement, problem }: TrialResult): boolean => wrongsOf(judgement).length === 0 && problem === null;

async function keep(stateDir: string, result: TrialResult): Promise<void> {
  const folder = path.join(stateDir, "failed-trials");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${result.plan.trial}.json`), JSON.stringify(result, null, 1));
}
