import { assertNode } from "@herald/stack";
import { type Bench, UsageError } from "./bench.ts";

/** `pnpm bench` lists the benches; `pnpm bench <name> …` runs one. Progress goes to stderr; the last line on stdout is one JSON object. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  assertNode();
  const { importBench } = await import("./import/import-bench.ts");
  const benches: readonly Bench[] = [importBench];
  if (name === undefined) {
    for (const { usage, measures } of benches) process.stdout.write(`pnpm bench ${usage}\n  ${measures}\n`);
    return 0;
  }
  const bench = benches.find((one) => one.name === name);
  if (!bench) throw new UsageError(`there is no bench "${name}"; \`pnpm bench\` lists them`);
  const figures = await bench.run(args, (line) => void process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify({ bench: bench.name, ...figures })}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  return error instanceof UsageError ? 64 : 1;
});
