import type { Finding, Gate } from "../gate.ts";
import { runTool, tail } from "../house/tool.ts";

const CHECKED = /Checked (\d+) files? in (\d+) packages?/;

/** Turbo's own look at the package graph: undeclared packages, imports that leave a package by path, and tags (turbo.json). */
export const boundaries: Gate = {
  name: "boundaries",
  promise: "turbo finds no import across a package border that its tags forbid",
  async run(house) {
    const run = await runTool("turbo", ["boundaries", "--skip-infer", "--no-update-notifier", "--no-color"], house.root);
    const checked = Number(CHECKED.exec(run.output)?.[2] ?? 0);
    return { checked, findings: run.code === 0 ? [] : readFindings(house.root, run.output) };
  },
};

/** Turbo draws each problem over several lines: "  x what", then ",-[file:line:column]". Deeper lines are advice. */
function readFindings(root: string, output: string): Finding[] {
  const lines = output.split("\n");
  const findings = lines.flatMap((line, index): Finding[] => {
    const what = /^ {2}[×x] (?<what>.+)$/.exec(line)?.groups?.["what"];
    if (what === undefined) return [];
    const place = /-\[(?<path>[^\]]+?):(?<line>\d+):\d+\]/.exec(lines.slice(index + 1, index + 5).join("\n"))?.groups;
    return [{ path: place?.["path"]?.replace(`${root}/`, "") ?? ".", ...(place?.["line"] ? { line: Number(place["line"]) } : {}), what }];
  });
  return findings.length > 0 ? findings : [{ path: ".", what: `turbo boundaries failed:\n    ${tail(output)}` }];
}
