import { GATES } from "../gates/all.ts";
import { houseAt } from "../house/house.ts";
import { REPOSITORY } from "../house/tool.ts";
import { runGates } from "../run-gates.ts";
import { notReady } from "../suites/ready.ts";
import { runSuite } from "../suites/run-suite.ts";
import { sum, type Tally, tallyLine } from "../suites/tally.ts";
import { sweepTestStacks } from "../suites/test-stacks.ts";

/**
 * `pnpm test`: the gates, then the projects of vitest.config.ts one after another. A failure does not stop what comes after it.
 * The last line is "N passed, N failed", alone, each gate counted as a test. Exit 0 only if something passed and nothing failed.
 */
const SUITES = ["unit", "integration", "e2e", "browser"];

async function runAll(): Promise<Tally> {
  const house = houseAt(REPOSITORY);
  const obstacle = notReady(house);
  if (obstacle !== undefined) {
    console.error(obstacle);
    return { passed: 0, failed: 1 };
  }
  title("gates");
  const outcomes = await runGates({ house, gates: GATES, concurrency: 2, print: (line) => console.log(line) });
  const tallies: Tally[] = outcomes.map(({ passed }) => (passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }));
  for (const suite of SUITES) {
    title(suite);
    const tally = await runSuite(suite);
    console.log(`${suite}: ${tallyLine(tally)} (skipped, broken and empty files count as failed)`);
    tallies.push(tally);
  }
  await sweepTestStacks();
  return sum(tallies);
}

function title(name: string): void {
  console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
}

const total = await runAll().catch((error: unknown): Tally => {
  console.error(error);
  return { passed: 0, failed: 1 };
});
process.exitCode = total.passed > 0 && total.failed === 0 ? 0 : 1;
console.log(`\n${tallyLine(total)}`);
