import { assertNode } from "@herald/stack";
import { type Bench, CannotMeasure, type Figures, UsageError } from "./bench.ts";

/** `pnpm bench` lists the benches; `pnpm bench <name> …` runs one. Progress goes to stderr; stdout has one line for people, which names the machine, then JSON. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  assertNode();
  const benches = await allBenches();
  if (name === undefined) {
    for (const { usage, measures } of benches) process.stdout.write(`pnpm bench ${usage}\n  ${measures}\n`);
    return 0;
  }
  const bench = benches.find((one) => one.name === name);
  if (!bench) throw new UsageError(`there is no bench "${name}"; \`pnpm bench\` lists them`);
  const { describeMachine } = await import("./measure/machine.ts");
  process.stdout.write(`${describeMachine()}\n`);
  const answer = await bench.run(args, (line) => void process.stderr.write(`${line}\n`));
  const runs: readonly Figures[] = Array.isArray(answer) ? answer : [answer];
  for (const figures of runs) process.stdout.write(`${JSON.stringify(figures)}\n`);
  return runs.some((figures) => figures["valid"] === false || figures["isWithinLimits"] === false) ? 1 : 0;
}

async function allBenches(): Promise<readonly Bench[]> {
  const { actionsBench } = await import("./actions/actions-bench.ts");
  const { campaignBench } = await import("./campaign/campaign-bench.ts");
  const { controlBench } = await import("./control/control-bench.ts");
  const { fairnessBench } = await import("./fairness/fairness-bench.ts");
  const { freezeBench } = await import("./freeze/freeze-bench.ts");
  const { importBench } = await import("./import/import-bench.ts");
  const { launchBench } = await import("./launch/launch-bench.ts");
  const { paceBench } = await import("./pace/pace-bench.ts");
  const { panelBench } = await import("./panel/panel-bench.ts");
  return [importBench, freezeBench, launchBench, paceBench, fairnessBench, controlBench, actionsBench, campaignBench, panelBench];
}

function explain(error: unknown): number {
  const isOurs = error instanceof UsageError || error instanceof CannotMeasure;
  process.stderr.write(`${isOurs ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  return error instanceof UsageError ? 64 : 1;
}

const exitCode = await main(process.argv.slice(2)).catch(explain);
// what an interrupted run still waits for must not keep the process
process.stdout.write("", () => process.exit(exitCode));
