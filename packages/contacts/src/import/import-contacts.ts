import { err, type ImportBatchId, notAllowed, ok, type RecipientListId, type Result } from "@herald/kernel";
import { z } from "zod";
import type { ContactsCtx, ImportCounts, ImportResult, OpenedList } from "../ports.ts";
import { openCsv } from "./csv-file.ts";
import { type FirstRefused, ImportWriter } from "./import-writer.ts";
import { type ColumnMapping, ColumnMappingInput } from "./mapping.ts";
import { isCountry } from "./phone.ts";
import { type ImportProblem, importLimits } from "./problems.ts";
import { readHeader } from "./read-header.ts";
import { readPerson } from "./read-person.ts";

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
  /** Told when the import has begun, and after each 1,000 rows that were written. */
  readonly onProgress?: (progress: ImportProgress) => void;
};

export type ImportProgress = ImportCounts & { readonly importBatchId: ImportBatchId };

export type ImportSummary = ImportResult & {
  readonly importBatchId: ImportBatchId;
  readonly recipientListId: RecipientListId | null;
  /** Null without a list. */
  readonly listWas: OpenedList["was"] | null;
  readonly mapping: ColumnMapping;
  /** The first 20, without what stood in them. */
  readonly firstRefused: readonly FirstRefused[];
};

/**
 * Reads a CSV file of people into the workspace, streaming. A row that cannot be taken is kept with its reason and the import goes on;
 * a file that cannot be read fails whole, and the caller rolls back, so nothing is written.
 */
export async function importContacts(ctx: ContactsCtx, input: ImportContacts): Promise<Result<ImportSummary, ImportProblem>> {
  if (!ctx.allows("contacts.import")) return err(notAllowed("contacts.import"));
  const file = await openCsv(input.content);
  if (!file.ok) return file;
  const header = readHeader(file.value.headers, input.mapping);
  if (!header.ok) return header;
  const { mapping, plan } = header.value;

  const { fileName, listName, onProgress } = input;
  const { headers, delimiter } = file.value;
  const defaultCountry = input.defaultCountry ?? (await ctx.imports.defaultCountry());
  const list = listName === undefined ? null : await ctx.imports.openList(listName);
  const importBatchId = await ctx.imports.openBatch({ fileName, headers, delimiter, mapping, defaultCountry, list });
  const recipientListId = list?.recipientListId ?? null;
  const tell = (counts: ImportCounts): void => onProgress?.({ importBatchId, ...counts });
  tell({ rowsRead: 0, added: 0, updated: 0, refused: 0 });
  const writer = new ImportWriter(ctx.imports, { importBatchId, fileName, recipientListId }, tell);
  for await (const row of file.value.rows) {
    if (!row.ok) return row;
    if (row.value.rowNo > importLimits.rows)
      return err({ type: "import_too_large", limit: "rows", max: importLimits.rows, lineNo: row.value.rowNo + 1 });
    const person = readPerson(row.value, plan, defaultCountry);
    if (person.ok) await writer.add(person.value, row.value);
    else await writer.refuse(row.value, person.error);
  }
  return ok({ importBatchId, recipientListId, listWas: list?.was ?? null, mapping, ...(await writer.finish()) });
}
