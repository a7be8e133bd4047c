import type { Finding, Gate } from "../gate.ts";

const WARN_LINES = 250;
const FAIL_LINES = 400;
const SOURCE = /\.(?:ts|tsx|mts|sql|css)$/;
/** Written by a tool, read by nobody: a generated file and a recorded workflow history. */
const EXEMPT = /\.generated\.\w+$|(?:^|\/)histories\//;

export const sizes: Gate = {
  name: "sizes",
  promise: `no source file is longer than ${FAIL_LINES} lines`,
  run(house) {
    const sources = house.files.filter((path) => SOURCE.test(path) && !EXEMPT.test(path));
    const long = sources.map((path) => ({ path, lines: countLines(house.read(path)) })).filter(({ lines }) => lines > WARN_LINES);
    const finding = ({ path, lines }: { path: string; lines: number }): Finding => ({
      path,
      what: `${lines} lines (aim at 80, warn at ${WARN_LINES}, fail at ${FAIL_LINES})`,
      fix: "one verb or one type family per file",
    });
    return {
      checked: sources.length,
      findings: long.filter(({ lines }) => lines > FAIL_LINES).map(finding),
      warnings: long.filter(({ lines }) => lines <= FAIL_LINES).map(finding),
    };
  },
};

function countLines(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
