import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { GATES } from "../gates/all.ts";
import { houseAt } from "../house/house.ts";
import { REPOSITORY } from "../house/tool.ts";
import { runGates } from "../run-gates.ts";

/**
 * `pnpm check [gate …] [--in folder]`: the gates alone, in seconds. Exit 1 if one fails.
 * Examples: `pnpm check`, `pnpm check types lint --in packages/campaign`, `pnpm check --list`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { in: { type: "string" }, list: { type: "boolean", default: false } },
});
const unknown = positionals.filter((name) => !GATES.some((gate) => gate.name === name));

if (values.list) {
  for (const gate of GATES) console.log(`${gate.name.padEnd(11)} ${gate.promise}`);
} else if (unknown.length > 0) {
  console.error(`no such gate: ${unknown.join(", ")}. There are: ${GATES.map((gate) => gate.name).join(", ")}`);
  process.exitCode = 1;
} else {
  const startedAtMs = performance.now();
  const outcomes = await runGates({
    house: houseAt(REPOSITORY),
    gates: GATES.filter((gate) => positionals.length === 0 || positionals.includes(gate.name)),
    ...(values.in === undefined ? {} : { folder: relative(REPOSITORY, resolve(values.in)) }),
    concurrency: 2,
    print: (line) => console.log(line),
  });
  const failed = outcomes.filter((outcome) => !outcome.passed).map((outcome) => outcome.gate);
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  console.log(
    failed.length === 0
      ? `\nall ${outcomes.length} gates passed in ${seconds} s`
      : `\n${failed.length} of ${outcomes.length} failed in ${seconds} s: ${failed.join(", ")}`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}
