import type { Finding, Gate } from "../gate.ts";
import { runTool, tail } from "../house/tool.ts";

interface BiomeReport {
  summary: { changed: number; unchanged: number };
  diagnostics: { severity: string; message: string; category: string; location?: { path: string } }[];
}

/** Layout and order of imports, by biome. It changes nothing; `pnpm format` does. */
export const format: Gate = {
  name: "format",
  promise: "every file is laid out by biome, imports sorted",
  async run(house, folder) {
    const run = await runTool("biome", ["check", "--reporter=json", "--max-diagnostics=none", folder ?? "."], house.root);
    const report = parse(run.stdout);
    if (!report) return { checked: 1, findings: [{ path: ".", what: `biome gave no report:\n    ${tail(run.output)}` }] };
    const findings = report.diagnostics.map(toFinding);
    if (run.code !== 0 && findings.length === 0) findings.push({ path: ".", what: `biome failed:\n    ${tail(run.output)}` });
    return { checked: report.summary.changed + report.summary.unchanged, findings: findings.filter(isFirstOfItsFile) };
  },
};

function toFinding(diagnostic: BiomeReport["diagnostics"][number]): Finding {
  const path = diagnostic.location?.path ?? ".";
  if (diagnostic.category === "format") return { path, what: "is not laid out as biome would", fix: `biome check --write ${path}` };
  return { path, what: `${diagnostic.category}: ${diagnostic.message}`, fix: `biome check --write ${path}` };
}

/** A badly sorted file is badly laid out too; one line per file is enough. */
function isFirstOfItsFile(finding: Finding, index: number, all: readonly Finding[]): boolean {
  return finding.path === "." || all.findIndex((other) => other.path === finding.path) === index;
}

function parse(stdout: string): BiomeReport | undefined {
  const start = stdout.indexOf("{");
  return start === -1 ? undefined : (JSON.parse(stdout.slice(start)) as BiomeReport);
}
