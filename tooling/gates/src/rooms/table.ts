import type { RoomRow } from "./graph.ts";

const BEGIN = "<!-- rooms:begin (pnpm rooms --write) -->";
const END = "<!-- rooms:end -->";
const HEAD = ["| room | imports | by type only | in tests only |", "|---|---|---|---|"];

/** The graph as the Markdown table of ARCHITECTURE.md. */
export function roomsTable(rows: readonly RoomRow[]): string {
  const cell = (names: readonly string[]): string => names.join(", ") || "–";
  return [...HEAD, ...rows.map((row) => `| ${row.name} | ${cell(row.values)} | ${cell(row.types)} | ${cell(row.tests)} |`)].join("\n");
}

/** The table as it stands in the document; undefined if its markers are missing. */
export function recordedTable(markdown: string): string | undefined {
  const start = markdown.indexOf(BEGIN);
  const end = markdown.indexOf(END);
  return start === -1 || end < start ? undefined : markdown.slice(start + BEGIN.length, end).trim();
}

/** The document with its table replaced. */
export function withTable(markdown: string, table: string): string {
  const recorded = recordedTable(markdown);
  if (recorded === undefined) throw new Error(`the document needs the markers ${BEGIN} and ${END}`);
  return `${markdown.slice(0, markdown.indexOf(BEGIN) + BEGIN.length)}\n${table}\n${markdown.slice(markdown.indexOf(END))}`;
}

/** Rows that are only in one of the two, as "+ row" (real, not recorded) and "- row" (recorded, not real). */
export function tableDifference(recorded: string, real: string): string[] {
  const was = new Set(recorded.split("\n"));
  const is = new Set(real.split("\n"));
  return [
    ...[...was].filter((row) => !is.has(row)).map((row) => `- ${row}`),
    ...[...is].filter((row) => !was.has(row)).map((row) => `+ ${row}`),
  ];
}
