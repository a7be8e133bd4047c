import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../house/tool.ts";
import { type Tally, tallyOf, type VitestReport } from "./tally.ts";

/** Runs one project of vitest.config.ts, its output straight to the terminal, and counts what came of it. */
export async function runSuite(project: string): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "herald-report-"));
  const report = join(folder, "report.json");
  try {
    const code = await runVitest(["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
    return tallyOf(readReport(report), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runVitest(args: readonly string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(join(REPOSITORY, "node_modules/.bin/vitest"), args, { cwd: REPOSITORY, stdio: ["ignore", "inherit", "inherit"] });
  // Who stops this run stops vitest, and this process lives on to sweep up after it.
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, forward);
  child.on("error", reject);
  child.on("close", (code) => {
    for (const signal of signals) process.off(signal, forward);
    resolve(code ?? 1);
  });
  return promise;
}

function readReport(path: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as VitestReport;
  } catch {
    return undefined;
  }
}
