import type { Finding, Gate } from "../gate.ts";
import { runTool, tail } from "../house/tool.ts";

interface Issue {
  readonly name: string;
  readonly line?: number;
}

/** knip's report: per file, a list for each kind of issue. */
type KnipReport = { issues: ({ file: string } & Record<string, Issue[] | string>)[] };

const MEANING: Readonly<Record<string, string>> = {
  files: "nobody imports this file",
  dependencies: "declared as a dependency, used nowhere",
  devDependencies: "declared as a devDependency, used nowhere",
  unlisted: "imported, but not declared in package.json",
  unresolved: "cannot be resolved",
  exports: "exported, used nowhere else",
  types: "exported type, used nowhere else",
  duplicates: "exported twice",
  catalog: "catalog entry that no package uses",
  catalogReferences: "names a catalog entry that does not exist",
  binaries: "command that no dependency brings",
};

/** Files, exports, dependencies and catalog entries that nothing uses, by knip (configured in the root `knip.jsonc`). */
export const unused: Gate = {
  name: "unused",
  promise: "nothing is kept that nobody uses, nothing is used that is not declared",
  async run(house) {
    const run = await runTool("knip", ["--reporter", "json", "--no-progress"], house.root);
    const start = run.stdout.indexOf("{");
    if (start === -1) return { checked: 1, findings: [{ path: ".", what: `knip gave no report:\n    ${tail(run.output)}` }] };
    const report = JSON.parse(run.stdout.slice(start)) as KnipReport;
    const findings = report.issues.flatMap(toFindings);
    if (run.code !== 0 && findings.length === 0) findings.push({ path: ".", what: `knip failed:\n    ${tail(run.output)}` });
    return { checked: house.files.length, findings };
  },
};

function toFindings(issue: KnipReport["issues"][number]): Finding[] {
  return Object.entries(issue).flatMap(([kind, list]) => {
    if (typeof list === "string") return [];
    return list.flat().map(
      (item): Finding => ({
        path: issue.file,
        ...(item.line === undefined ? {} : { line: item.line }),
        what: `${item.name === issue.file ? "" : `${item.name}: `}${MEANING[kind] ?? kind}`,
      }),
    );
  });
}
