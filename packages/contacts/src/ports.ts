import type { Actor, Address, ImportBatchId, RecipientListId, WorkspaceId } from "@herald/kernel";
import type { RefusalCode } from "./import/refusal.ts";

/** What a role may be allowed to do with people; the one table of roles is in packages/identity. */
export type ContactsAction = "contacts.read" | "contacts.import" | "contacts.write";

/** One unit of work: who acts, in which workspace, with ports bound to one transaction that is rolled back when the verb fails. */
export type ContactsCtx = {
  readonly actor: Actor;
  readonly workspaceId: WorkspaceId;
  readonly nowMs: number;
  readonly allows: (action: ContactsAction) => boolean;
  readonly imports: ImportPort;
};

/** The most people or refusals in one call of the port. */
export const maxImportBatch = 1000;

/** One row of a file, understood: a person, reached at `address`. */
export type ImportedPerson = {
  /** Row 1 is the first below the header. */
  readonly rowNo: number;
  readonly address: Address;
  /** ISO 3166-1 alpha-2 of the address; null where one code serves several countries and the number does not tell. */
  readonly country: string | null;
  /** Null: the file says nothing of the name, a known name stays. */
  readonly displayName: string | null;
  /** By lower-case key. They are merged over the known fields; a key that the file leaves empty is absent here. */
  readonly fields: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  /** What the row says of marketing consent; null when it says nothing. */
  readonly consent: "granted" | "withdrawn" | null;
};

/** A row that was not taken, kept as it came, so that it can be downloaded with its reason. */
export type RefusedRow = { readonly rowNo: number; readonly reason: string; readonly cells: readonly string[] };

export type ImportBatch = {
  readonly fileName: string;
  /** As the file names its columns, and what stands between them: refused rows are given back in the same form. */
  readonly headers: readonly string[];
  readonly delimiter: string;
  /** Column name by what it became, for the record. */
  readonly mapping: Readonly<Record<string, unknown>>;
  /** ISO 3166-1 alpha-2 of numbers written without a country code, as it was at this import. */
  readonly defaultCountry: string | null;
  readonly list: OpenedList | null;
};

/** `was`: whether the list was there before; its people stay. */
export type OpenedList = { readonly recipientListId: RecipientListId; readonly was: "new" | "existing" };

export type ImportCounts = {
  /** `rowsRead = added + updated + refused`. */
  readonly rowsRead: number;
  readonly added: number;
  readonly updated: number;
  readonly refused: number;
};

/** All that is known once the last row is written. */
export type ImportResult = ImportCounts & {
  /** Refused rows by the code of their reason, the most frequent first. */
  readonly refusals: readonly { readonly reason: RefusalCode; readonly count: number }[];
  /** People of the file who opted out: kept, but left out of campaigns. */
  readonly optedOut: number;
  /** Consents that changed what was known. */
  readonly consentsGranted: number;
  readonly consentsWithdrawn: number;
};

/** What is kept of an import that was carried through. */
export type KeptImport = ImportBatch & ImportResult & { readonly importBatchId: ImportBatchId };

export type UpsertResult = {
  readonly added: number;
  readonly updated: number;
  /** People of the call whose address, or who themselves, opted out: kept, but left out of campaigns. */
  readonly optedOut: number;
  /** Consents of the call that were written, by what they say; the others were known already or yielded to an opt-out. */
  readonly consentsGranted: number;
  readonly consentsWithdrawn: number;
};

/** What an import needs of the workspace's people. All calls of one import run in one transaction. */
export type ImportPort = {
  /** ISO 3166-1 alpha-2 of numbers written without a country code; null when the workspace has none. */
  readonly defaultCountry: () => Promise<string | null>;
  /** The row of `import_batches`, with zero counts. Written by the actor of the unit of work. Until the transaction ends, `find` of this import waits. */
  readonly openBatch: (batch: ImportBatch) => Promise<ImportBatchId>;
  /** The list of this name, created when there is none. */
  readonly openList: (listName: string) => Promise<OpenedList>;
  /**
   * Up to `maxImportBatch` people, no two with the same address. Known by address (channel, kind, value): updated; else added.
   * - Every one joins the list (if given) and keeps its place there; tags are added, none is taken away. A deleted contact with that address becomes active again.
   * - An opt-out that named the address before anybody had it (`suppressions.contact_id is null`) becomes the person's.
   * - Consent is written to `consents` (origin `import`, proof `{file, row, importBatchId}`) and `consent_states`, only where it changes the state.
   *   `granted` never overrides an opt-out: a suppression of the person or address, or a withdrawn consent, stays as it is. `withdrawn` always counts.
   */
  readonly upsertPeople: (
    batch: { readonly importBatchId: ImportBatchId; readonly fileName: string; readonly recipientListId: RecipientListId | null },
    people: readonly ImportedPerson[],
  ) => Promise<UpsertResult>;
  /** Up to `maxImportBatch` refused rows. */
  readonly keepRefusals: (importBatchId: ImportBatchId, refusals: readonly RefusedRow[]) => Promise<void>;
  /** Writes the result and the audit entry `contacts.imported`. */
  readonly closeBatch: (importBatchId: ImportBatchId, result: ImportResult) => Promise<void>;
  /** Null: there is none, or it was rolled back. One that still runs is waited for, so that the answer stays true. */
  readonly find: (importBatchId: ImportBatchId) => Promise<KeptImport | null>;
  /** Up to `maxImportBatch` refused rows below `afterRowNo`, in the order of the file. */
  readonly refusedRows: (importBatchId: ImportBatchId, afterRowNo: number) => Promise<readonly RefusedRow[]>;
  /** Keeps that somebody cancelled an import of this file, with the audit entry `contacts.import_cancelled`. */
  readonly noteCancelled: (fileName: string) => Promise<void>;
};
