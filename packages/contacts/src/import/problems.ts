import type { InvalidInput, NotAllowed } from "@herald/kernel";

/** The file cannot be read as CSV. `lineNo` is the line of the file, the header's is 1. */
export type MalformedCsv = { readonly type: "malformed_csv"; readonly lineNo: number; readonly reason: string; readonly cure: string };
export type ImportTooLarge = {
  readonly type: "import_too_large";
  readonly limit: "rows" | "row_bytes" | "columns";
  readonly max: number;
  readonly lineNo: number;
};
export type CsvProblem = MalformedCsv | ImportTooLarge;
export type ImportProblem = NotAllowed | InvalidInput | CsvProblem;

export const malformed = (lineNo: number, reason: string, cure: string): MalformedCsv => ({ type: "malformed_csv", lineNo, reason, cure });

/** Bounds of one file; a larger one is split by its owner. */
export const importLimits = { rows: 200_000, rowBytes: 65_536, columns: 200 } as const;

const neverClosed = "A quote that opens here is never closed.";
export const unclosedQuote = (lineNo: number): MalformedCsv =>
  malformed(lineNo, neverClosed, 'Close the quote, or write a quote inside a cell as "".');
export const isUnclosedQuote = (problem: CsvProblem): boolean => problem.type === "malformed_csv" && problem.reason === neverClosed;
