import type { ImportBatchId, RecipientListId } from "@herald/kernel";
import { type ImportCounts, type ImportedPerson, type ImportPort, type ImportResult, maxImportBatch, type RefusedRow } from "../ports.ts";
import type { CsvRow } from "./csv-file.ts";
import { type Refusal, type RefusalCode, refusal } from "./refusal.ts";

export type ImportTarget = {
  readonly importBatchId: ImportBatchId;
  readonly fileName: string;
  readonly recipientListId: RecipientListId | null;
};

/** Enough to see what is wrong with a file; the code alone, for the sentence quotes the cell. */
export type FirstRefused = { readonly rowNo: number; readonly reason: RefusalCode };
const maxFirstRefused = 20;

/** Collects people and refusals and hands them over in batches; holds one batch of each, and the addresses met so far. */
export class ImportWriter {
  readonly #port: ImportPort;
  readonly #target: ImportTarget;
  readonly #onWritten: (counts: ImportCounts) => void;
  readonly #rowNoByAddress = new Map<string, number>();
  readonly #countByCode = new Map<RefusalCode, number>();
  readonly #people = new Map<string, ImportedPerson>();
  readonly #withdrawals = new Map<string, ImportedPerson>();
  #refusals: RefusedRow[] = [];
  readonly #firstRefused: FirstRefused[] = [];
  #rowsRead = 0;
  #refused = 0;
  #added = 0;
  #updated = 0;
  #optedOut = 0;
  #consentsGranted = 0;
  #consentsWithdrawn = 0;

  /** `onWritten`: after each batch, with what was read and written so far. */
  constructor(port: ImportPort, target: ImportTarget, onWritten: (counts: ImportCounts) => void) {
    this.#port = port;
    this.#target = target;
    this.#onWritten = onWritten;
  }

  /** The first row of an address stands; a later one is refused and says which row it repeats. But a withdrawal counts in whichever row it stands. */
  async add(person: ImportedPerson, row: CsvRow): Promise<void> {
    const firstRowNo = this.#rowNoByAddress.get(person.address.value);
    if (firstRowNo !== undefined) {
      if (person.consent === "withdrawn") await this.#withdraw(person);
      const rest = person.consent === "withdrawn" ? "; of this row only the withdrawal of consent was taken." : ".";
      return this.refuse(row, refusal("repeated", `The number stands in row ${firstRowNo} already${rest}`));
    }
    this.#rowNoByAddress.set(person.address.value, person.rowNo);
    this.#rowsRead += 1;
    this.#people.set(person.address.value, person);
    if (this.#people.size === maxImportBatch) await this.#writePeople();
  }

  async refuse(row: CsvRow, { code, sentence }: Refusal): Promise<void> {
    this.#rowsRead += 1;
    this.#refused += 1;
    this.#countByCode.set(code, (this.#countByCode.get(code) ?? 0) + 1);
    if (this.#firstRefused.length < maxFirstRefused) this.#firstRefused.push({ rowNo: row.rowNo, reason: code });
    // NUL is the one character that Postgres keeps in no text
    this.#refusals.push({ rowNo: row.rowNo, reason: sentence, cells: row.cells.map((cell) => cell.replaceAll("\u0000", "\uFFFD")) });
    if (this.#refusals.length === maxImportBatch) await this.#writeRefusals();
  }

  async finish() {
    await this.#writePeople();
    await this.#writeWithdrawals();
    await this.#writeRefusals();
    const result: ImportResult = {
      ...this.#counts(),
      refusals: [...this.#countByCode].map(([reason, count]) => ({ reason, count })).toSorted((one, other) => other.count - one.count),
      optedOut: this.#optedOut,
      consentsGranted: this.#consentsGranted,
      consentsWithdrawn: this.#consentsWithdrawn,
    };
    await this.#port.closeBatch(this.#target.importBatchId, result);
    return { ...result, firstRefused: this.#firstRefused };
  }

  #counts(): ImportCounts {
    return { rowsRead: this.#rowsRead, added: this.#added, updated: this.#updated, refused: this.#refused };
  }

  /** Nothing but the consent is taken from a repeated row; its own number is the proof's. A grant that is not written yet never will be. */
  async #withdraw(person: ImportedPerson): Promise<void> {
    const { value } = person.address;
    const waiting = this.#people.get(value);
    if (waiting?.consent === "granted") this.#people.set(value, { ...waiting, consent: null });
    this.#withdrawals.set(value, { ...person, displayName: null, fields: {}, tags: [] });
    if (this.#withdrawals.size === maxImportBatch) await this.#writeWithdrawals();
  }

  /** After the people, so that each is known: this adds nobody and counts nobody twice. */
  async #writeWithdrawals(): Promise<void> {
    if (this.#withdrawals.size === 0) return;
    await this.#writePeople();
    const { consentsWithdrawn } = await this.#port.upsertPeople(this.#target, [...this.#withdrawals.values()]);
    this.#withdrawals.clear();
    this.#consentsWithdrawn += consentsWithdrawn;
  }

  async #writePeople(): Promise<void> {
    if (this.#people.size === 0) return;
    const result = await this.#port.upsertPeople(this.#target, [...this.#people.values()]);
    this.#people.clear();
    this.#added += result.added;
    this.#updated += result.updated;
    this.#optedOut += result.optedOut;
    this.#consentsGranted += result.consentsGranted;
    this.#consentsWithdrawn += result.consentsWithdrawn;
    this.#onWritten(this.#counts());
  }

  async #writeRefusals(): Promise<void> {
    if (this.#refusals.length === 0) return;
    await this.#port.keepRefusals(this.#target.importBatchId, this.#refusals);
    this.#refusals = [];
    this.#onWritten(this.#counts());
  }
}
