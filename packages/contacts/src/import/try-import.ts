import { err, notAllowed, ok, type Result } from "@herald/kernel";
import type { ContactsCtx, ImportedPerson } from "../ports.ts";
import { openCsv } from "./csv-file.ts";
import { fieldKeyOf, guessMapping } from "./guess-mapping.ts";
import type { ImportContacts } from "./import-contacts.ts";
import type { ColumnMapping } from "./mapping.ts";
import { isUnusualNumber, writePhoneNumber } from "./phone.ts";
import { type ImportProblem, isUnclosedQuote } from "./problems.ts";
import { headerNeeded, looksLikeData, readHeader } from "./read-header.ts";
import { readPerson } from "./read-person.ts";
import type { RefusalCode } from "./refusal.ts";
import { isReasonColumn } from "./refused-csv.ts";

/** Rows that are shown before anything is imported. */
export const triedRows = 20;

export type TryImport = Pick<ImportContacts, "content" | "mapping" | "defaultCountry"> & {
  /** The content is the beginning of a larger file, cut at the end of a line. */
  readonly isCut: boolean;
};

export type TriedRow = {
  readonly rowNo: number;
  readonly cells: readonly string[];
  /**
   * What the row would become; null when it would be refused, and while no column is named as the phone number's. `phone` as people read it;
   * `isUnusual`: no such number is known to be given out, so the country may be wrong.
   */
  readonly person: (Omit<ImportedPerson, "rowNo" | "address"> & { readonly phone: string; readonly isUnusual: boolean }) | null;
  readonly refusal: { readonly reason: RefusalCode; readonly sentence: string } | null;
};

export type ImportTry = {
  /** In the order of the file. `fieldKey`: under which the column could be kept as a field; empty when its name has no letter for one. */
  readonly columns: readonly { readonly header: string; readonly fieldKey: string; readonly isReason: boolean }[];
  /** As given, or guessed; null when no column looks like a phone number. */
  readonly mapping: ColumnMapping | null;
  readonly defaultCountry: string | null;
  readonly rows: readonly TriedRow[];
};

/** What an import of this file would make of its first 20 rows. Writes nothing. */
export async function tryImport(ctx: ContactsCtx, input: TryImport): Promise<Result<ImportTry, ImportProblem>> {
  if (!ctx.allows("contacts.import")) return err(notAllowed("contacts.import"));
  const file = await openCsv(input.content);
  if (!file.ok) return file;
  const { headers } = file.value;
  if (looksLikeData(headers)) return err(headerNeeded);
  const defaultCountry = input.defaultCountry ?? (await ctx.imports.defaultCountry());
  const mapping = input.mapping ?? guessMapping(headers);
  const header = mapping && readHeader(headers, mapping);
  if (header && !header.ok) return header;

  const rows: TriedRow[] = [];
  for await (const row of file.value.rows) {
    if (!row.ok) {
      // where a file was cut inside a quoted cell, the quote is closed in the part that is not here
      if (input.isCut && rows.length > 0 && isUnclosedQuote(row.error)) break;
      return row;
    }
    const person = header && readPerson(row.value, header.value.plan, defaultCountry);
    rows.push({ rowNo: row.value.rowNo, cells: row.value.cells, ...becoming(person) });
    if (rows.length === triedRows) break;
  }
  const columns = headers.map((name) => ({ header: name, fieldKey: fieldKeyOf(name), isReason: isReasonColumn(name) }));
  return ok({ columns, mapping, defaultCountry, rows });
}

function becoming(read: ReturnType<typeof readPerson> | null): Pick<TriedRow, "person" | "refusal"> {
  if (read === null) return { person: null, refusal: null };
  if (!read.ok) return { person: null, refusal: { reason: read.error.code, sentence: read.error.sentence } };
  const { address, country, displayName, fields, tags, consent } = read.value;
  const phone = { phone: writePhoneNumber(address.value), isUnusual: isUnusualNumber(address.value) };
  return { person: { ...phone, country, displayName, fields, tags, consent }, refusal: null };
}
