import { err, type InvalidInput, invalidInput, ok, type Result } from "@herald/kernel";
import { guessMapping } from "./guess-mapping.ts";
import { type ColumnMapping, type ColumnPlan, planColumns } from "./mapping.ts";
import { type MalformedCsv, malformed } from "./problems.ts";

export type ReadHeader = { readonly mapping: ColumnMapping; readonly plan: ColumnPlan };

/** What each column becomes: as the caller says, or as it is guessed. */
export function readHeader(headers: readonly string[], given: ColumnMapping | undefined): Result<ReadHeader, InvalidInput | MalformedCsv> {
  const mapping = given ?? guessMapping(headers);
  // cells of people are never told as if they were names of columns
  const isHeader = !looksLikeData(headers);
  if (mapping === null) return err(isHeader ? noPhoneColumn(headers) : headerNeeded);
  const plan = planColumns(headers, mapping);
  if (plan.ok) return ok({ mapping, plan: plan.value });
  return isHeader ? plan : err(headerNeeded);
}

export const headerNeeded = malformed(
  1,
  "The first line looks like data; a header line is needed.",
  "Put the names of the columns into the first line.",
);

const isDate = /^\d{1,4}([-./])\d{1,2}\1\d{1,4}$/;
const looksLikeNumberOrMail = (header: string): boolean =>
  header.includes("@") ||
  (/^['+(]?[\p{Nd}\s()./-]+$/u.test(header) && (header.match(/\p{Nd}/gu)?.length ?? 0) >= 7 && !isDate.test(header));
export const looksLikeData = (headers: readonly string[]): boolean => headers.some(looksLikeNumberOrMail);

const noPhoneColumn = (headers: readonly string[]): InvalidInput =>
  invalidInput({
    path: "mapping.phone",
    message: "No column looks like a phone number.",
    cure: `Say which one it is: ${headers.filter((header) => header !== "").join(", ")}.`,
  });
