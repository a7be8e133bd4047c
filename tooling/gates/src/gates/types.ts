import type { Finding, Gate } from "../gate.ts";
import { runTool, tail } from "../house/tool.ts";
import { inParallel } from "./in-parallel.ts";

const PROBLEM = /^(?<path>[^(\s][^(]*)\((?<line>\d+),\d+\): error (?<what>TS\d+: .*)$/;
const TYPESCRIPT = /\.(?:ts|tsx|mts)$/;

/** Every TypeScript file belongs to a tsconfig, and every tsconfig compiles. */
export const types: Gate = {
  name: "types",
  promise: "tsc accepts every package, and no TypeScript file is left out of all of them",
  async run(house, folder) {
    const within = (path: string): boolean => folder === undefined || path.startsWith(`${folder}/`);
    const projects = house.files.filter((path) => /(?:^|\/)tsconfig\.json$/.test(path) && within(path));
    const seen = new Set<string>();
    const findings = await inParallel(2, projects, async (project) => compile(house.root, project, seen));
    const forgotten = house.files
      .filter((path) => TYPESCRIPT.test(path) && within(path) && !seen.has(path))
      .map(
        (path): Finding => ({
          path,
          what: "belongs to no tsconfig.json, so nothing checks its types",
          fix: "add its folder to the `include` of its package",
        }),
      );
    return { checked: projects.length, findings: [...findings.flat(), ...forgotten] };
  },
};

async function compile(root: string, project: string, seen: Set<string>): Promise<Finding[]> {
  const run = await runTool("tsc", ["--project", project, "--noEmit", "--listFiles", "--pretty", "false"], root);
  const findings: Finding[] = [];
  for (const line of run.output.split("\n")) {
    if (line.startsWith(`${root}/`)) seen.add(line.slice(root.length + 1));
    const groups = PROBLEM.exec(line)?.groups;
    if (groups) findings.push({ path: groups["path"] ?? project, line: Number(groups["line"]), what: groups["what"] ?? line });
  }
  if (run.code !== 0 && findings.length === 0) findings.push({ path: project, what: `tsc failed:\n    ${tail(run.output)}` });
  return findings;
}
