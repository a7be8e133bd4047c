import type { ImportBatchId, RecipientListId } from "@herald/kernel";
import { type ImportCounts, type ImportedPerson, type ImportPort, maxImportBatch, type RefusedRow } from "../ports.ts";
import type { CsvRow } from "./csv-file.ts";
import { type Refusal, type RefusalCode, refusal } from "./refusal.ts";

export type ImportTarget = {
  readonly importBatchId: ImportBatchId;
  readonly fileName: string;
  readonly recipientListId: RecipientListId | null;
};

/** Collects people and refusals and hands them over in batches; holds one batch of each, and the addresses met so far. */
export class ImportWriter {
  readonly #port: ImportPort;
  readonly #target: ImportTarget;
  readonly #rowNoByAddress = new Map<string, number>();
  readonly #countByCode = new Map<RefusalCode, number>();
  #people: ImportedPerson[] = [];
  #refusals: RefusedRow[] = [];
  #rowsRead = 0;
  #refused = 0;
  #added = 0;
  #updated = 0;
  #optedOut = 0;
  #consentsRecorded = 0;

  constructor(port: ImportPort, target: ImportTarget) {
    this.#port = port;
    this.#target = target;
  }

  /** The first row of an address stands; a later one is refused and says which row it repeats. */
  async add(person: ImportedPerson, row: CsvRow): Promise<void> {
    const firstRowNo = this.#rowNoByAddress.get(person.address.value);
    if (firstRowNo !== undefined) return this.refuse(row, refusal("repeated", `The number stands in row ${firstRowNo} already.`));
    this.#rowNoByAddress.set(person.address.value, person.rowNo);
    this.#rowsRead += 1;
    this.#people.push(person);
    if (this.#people.length === maxImportBatch) await this.#writePeople();
  }

  async refuse(row: CsvRow, { code, sentence }: Refusal): Promise<void> {
    this.#rowsRead += 1;
    this.#refused += 1;
    this.#countByCode.set(code, (this.#countByCode.get(code) ?? 0) + 1);
    // NUL is the one character that Postgres keeps in no text
    this.#refusals.push({ rowNo: row.rowNo, reason: sentence, cells: row.cells.map((cell) => cell.replaceAll("\u0000", "\uFFFD")) });
    if (this.#refusals.length === maxImportBatch) await this.#writeRefusals();
  }

  async finish() {
    await this.#writePeople();
    await this.#writeRefusals();
    const counts: ImportCounts = { rowsRead: this.#rowsRead, added: this.#added, updated: this.#updated, refused: this.#refused };
    await this.#port.closeBatch(this.#target.importBatchId, counts);
    const refusals = [...this.#countByCode].map(([reason, count]) => ({ reason, count })).toSorted((one, other) => other.count - one.count);
    return { ...counts, refusals, optedOut: this.#optedOut, consentsRecorded: this.#consentsRecorded };
  }

  async #writePeople(): Promise<void> {
    if (this.#people.length === 0) return;
    const result = await this.#port.upsertPeople(this.#target, this.#people);
    this.#people = [];
    this.#added += result.added;
    this.#updated += result.updated;
    this.#optedOut += result.optedOut;
    this.#consentsRecorded += result.consentsRecorded;
  }

  async #writeRefusals(): Promise<void> {
    if (this.#refusals.length === 0) return;
    await this.#port.keepRefusals(this.#target.importBatchId, this.#refusals);
    this.#refusals = [];
  }
}
