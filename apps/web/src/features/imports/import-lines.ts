import type { DoorProblem } from "../../acting/call-door.ts";

export type ImportProgress = {
  readonly importBatchId: string;
  readonly rowsRead: number;
  readonly rowsPerSecond: number;
  readonly added: number;
  readonly updated: number;
  readonly refused: number;
};
export type ImportDone = { readonly importBatchId: string; readonly added: number; readonly updated: number; readonly refused: number };
export type ImportLine = { readonly progress: ImportProgress } | { readonly done: ImportDone } | { readonly problem: DoorProblem };

/** The whole lines of a text that still grows, from `start` on, and where the next one will begin. */
export function linesFrom(text: string, start: number): { readonly lines: readonly ImportLine[]; readonly next: number } {
  const next = text.lastIndexOf("\n") + 1;
  const lines = next <= start ? [] : text.slice(start, next - 1).split("\n");
  return { lines: lines.map((line) => JSON.parse(line) as ImportLine), next: Math.max(next, start) };
}
