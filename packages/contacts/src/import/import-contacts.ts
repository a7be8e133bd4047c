import {
  err,
  type ImportBatchId,
  type InvalidInput,
  invalidInput,
  notAllowed,
  ok,
  type RecipientListId,
  type Result,
} from "@herald/kernel";
import { z } from "zod";
import type { ContactsCtx, ImportCounts } from "../ports.ts";
import { openCsv } from "./csv-file.ts";
import { guessMapping } from "./guess-mapping.ts";
import { type FirstRefused, ImportWriter } from "./import-writer.ts";
import { type ColumnMapping, ColumnMappingInput, planColumns } from "./mapping.ts";
import { isCountry } from "./phone.ts";
import { type ImportProblem, importLimits, malformed } from "./problems.ts";
import { readPerson } from "./read-person.ts";
import type { RefusalCode } from "./refusal.ts";

export const ImportContactsInput = z.strictObject({
  /** Kept with the import and with every consent it proves. */
  fileName: z.string().trim().min(1).max(255),
  /** Everyone in the file joins the list of this name; it is created when there is none. */
  listName: z.string().trim().min(1).max(120).optional(),
  /** ISO 3166-1 alpha-2, of numbers without a country code; absent: the workspace's. */
  defaultCountry: z.string().toUpperCase().refine(isCountry, "is not a country code, e.g. AE").optional(),
  /** Absent: guessed from the header. */
  mapping: ColumnMappingInput.optional(),
});
export type ImportContacts = z.output<typeof ImportContactsInput> & {
  /** The file's bytes, UTF-8, in parts of any size. */
  readonly content: AsyncIterable<Uint8Array | string>;
};

export type ImportSummary = ImportCounts & {
  readonly importBatchId: ImportBatchId;
  readonly recipientListId: RecipientListId | null;
  readonly mapping: ColumnMapping;
  readonly refusals: readonly { readonly reason: RefusalCode; readonly count: number }[];
  /** The first 20, without what stood in them. */
  readonly firstRefused: readonly FirstRefused[];
  /** People of the file who opted out: kept, but left out of campaigns. */
  readonly optedOut: number;
  readonly consentsRecorded: number;
};

/**
 * Reads a CSV file of people into the workspace, streaming. A row that cannot be taken is kept with its reason and the import goes on;
 * a file that cannot be read fails whole, and the caller rolls back, so nothing is written.
 */
export async function importContacts(ctx: ContactsCtx, input: ImportContacts): Promise<Result<ImportSummary, ImportProblem>> {
  if (!ctx.allows("contacts.import")) return err(notAllowed("contacts.import"));
  const file = await openCsv(input.content);
  if (!file.ok) return file;
  const mapping = input.mapping ?? guessMapping(file.value.headers);
  // cells of people are never told as if they were names of columns
  const hasHeader = !file.value.headers.some(looksLikeNumberOrMail);
  if (mapping === null) return err(hasHeader ? noPhoneColumn(file.value.headers) : headerNeeded);
  const plan = planColumns(file.value.headers, mapping);
  if (!plan.ok) return hasHeader ? plan : err(headerNeeded);

  const { fileName, listName } = input;
  const defaultCountry = input.defaultCountry ?? (await ctx.imports.defaultCountry());
  const importBatchId = await ctx.imports.openBatch({ fileName, mapping });
  const recipientListId = listName === undefined ? null : await ctx.imports.openList(listName);
  const writer = new ImportWriter(ctx.imports, { importBatchId, fileName, recipientListId });
  for await (const row of file.value.rows) {
    if (!row.ok) return row;
    if (row.value.rowNo > importLimits.rows)
      return err({ type: "import_too_large", limit: "rows", max: importLimits.rows, lineNo: row.value.rowNo + 1 });
    const person = readPerson(row.value, plan.value, defaultCountry);
    if (person.ok) await writer.add(person.value, row.value);
    else await writer.refuse(row.value, person.error);
  }
  return ok({ importBatchId, recipientListId, mapping, ...(await writer.finish()) });
}

const headerNeeded = malformed(
  1,
  "The first line looks like data; a header line is needed.",
  "Put the names of the columns into the first line.",
);

const isDate = /^\d{1,4}([-./])\d{1,2}\1\d{1,4}$/;
const looksLikeNumberOrMail = (header: string): boolean =>
  header.includes("@") ||
  (/^['+(]?[\p{Nd}\s()./-]+$/u.test(header) && (header.match(/\p{Nd}/gu)?.length ?? 0) >= 7 && !isDate.test(header));

const noPhoneColumn = (headers: readonly string[]): InvalidInput =>
  invalidInput({
    path: "mapping.phone",
    message: "No column looks like a phone number.",
    cure: `Say which one it is: ${headers.filter((header) => header !== "").join(", ")}.`,
  });
