import type { Finding, Gate } from "../gate.ts";
import { runTool, tail } from "../house/tool.ts";

interface OxlintReport {
  diagnostics: {
    message: string;
    code?: string;
    severity: string;
    help?: string;
    filename: string;
    labels: { span: { line: number } }[];
  }[];
  number_of_files: number;
}

/** Rules of the root `oxlint.config.ts`, with types (oxlint-tsgolint). A warning fails like an error: a rule is wanted or it is off. */
export const lint: Gate = {
  name: "lint",
  promise: "oxlint finds nothing, and no directive silences more than it must",
  async run(house, folder) {
    const run = await runTool("oxlint", ["--format", "json", "--deny-warnings", folder ?? "."], house.root);
    const report = parse(run.stdout);
    if (!report) return { checked: 1, findings: [{ path: ".", what: `oxlint gave no report:\n    ${tail(run.output)}` }] };
    const findings = report.diagnostics.map(toFinding);
    if (run.code !== 0 && findings.length === 0) findings.push({ path: ".", what: `oxlint failed:\n    ${tail(run.output)}` });
    return { checked: report.number_of_files, findings };
  },
};

function toFinding(diagnostic: OxlintReport["diagnostics"][number]): Finding {
  const line = diagnostic.labels[0]?.span.line;
  return {
    path: diagnostic.filename,
    ...(line === undefined ? {} : { line }),
    what: `${diagnostic.code ?? "oxlint"}: ${oneLine(diagnostic.message)}`,
    ...(diagnostic.help ? { fix: oneLine(diagnostic.help) } : {}),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function parse(stdout: string): OxlintReport | undefined {
  const start = stdout.indexOf("{");
  return start === -1 ? undefined : (JSON.parse(stdout.slice(start)) as OxlintReport);
}
