import type { RefusedRow } from "../ports.ts";
import { guardCell } from "./spreadsheet-cell.ts";

/** Name of the column that says why a row was refused. Where a file is imported again, a column of this name is left out. */
export const reasonColumn = "Herald: why not imported";

export const isReasonColumn = (header: string): boolean => header.trim().toLowerCase() === reasonColumn.toLowerCase();

type Form = { readonly headers: readonly string[]; readonly delimiter: string };

const byteOrderMark = "\uFEFF";

/** The header of a file of refused rows: the same columns as it had, and the reason in front, where it stays in its column whatever a row's length. */
export function refusedHeaderText(form: Form): string {
  return `${byteOrderMark}${lineOf(form, reasonColumn, form.headers)}`;
}

/** Refused rows as they came, each with its reason. */
export const refusedRowsText = (form: Form, rows: readonly RefusedRow[]): string =>
  rows.map(({ reason, cells }) => lineOf(form, reason, cells)).join("");

/** A reason of an earlier round is replaced, not repeated. */
function lineOf({ headers, delimiter }: Form, reason: string, cells: readonly string[]): string {
  const own = cells.filter((_cell, at) => !isReasonColumn(headers[at] ?? ""));
  return `${[reason, ...own].map((cell) => cellText(guardCell(cell), delimiter)).join(delimiter)}\r\n`;
}

const cellText = (cell: string, delimiter: string): string =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
