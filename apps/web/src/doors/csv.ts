import { guardCell } from "@herald/contacts";

/** One line of a CSV file (RFC 4180) whose cells no spreadsheet takes for a formula; null is an empty cell. */
export const csvLine = (cells: readonly (string | null)[]): string => `${cells.map(cellText).join(",")}\r\n`;

function cellText(cell: string | null): string {
  const text = guardCell(cell ?? "");
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
