import { parseImportBatchId, parseRecipientListId, parseUserId, parseWorkspaceId } from "@herald/kernel";
import { type ContactsCtx, type ImportBatch, type ImportedPerson, type ImportResult, maxImportBatch, type RefusedRow } from "../ports.ts";

const id = "00000000-0000-4000-8000-000000000001";
const must = <T>(value: T | null): T => {
  if (value === null) throw new Error("not an id");
  return value;
};

/** A workspace's people in memory, as the port describes it, with everything that was written left open to look at. */
export class PeopleInMemory {
  readonly people = new Map<string, ImportedPerson>();
  readonly refusals: RefusedRow[] = [];
  readonly lists: string[] = [];
  readonly cancelled: string[] = [];
  readonly optedOut = new Set<string>();
  batch: ImportBatch | null = null;
  result: ImportResult | null = null;
  largestCall = 0;

  ctx(options: { readonly isAllowed?: boolean; readonly defaultCountry?: string | null } = {}): ContactsCtx {
    const { isAllowed = true, defaultCountry = "AE" } = options;
    return {
      actor: { kind: "user", userId: must(parseUserId(id)), role: "member" },
      workspaceId: must(parseWorkspaceId(id)),
      nowMs: 0,
      allows: () => isAllowed,
      imports: {
        defaultCountry: async () => defaultCountry,
        openBatch: async (batch) => {
          this.batch = batch;
          return must(parseImportBatchId(id));
        },
        openList: async (listName) => {
          const was = this.lists.includes(listName) ? "existing" : "new";
          this.lists.push(listName);
          return { recipientListId: must(parseRecipientListId(id)), was };
        },
        upsertPeople: async (_target, people) => this.#upsert(people),
        keepRefusals: async (_importBatchId, refusals) => void this.refusals.push(...refusals),
        closeBatch: async (_importBatchId, result) => {
          this.result = result;
        },
        find: async (importBatchId) => (this.batch && this.result ? { importBatchId, ...this.batch, ...this.result } : null),
        refusedRows: async (_importBatchId, afterRowNo) => this.refusals.filter(({ rowNo }) => rowNo > afterRowNo).slice(0, maxImportBatch),
        noteCancelled: async (fileName) => void this.cancelled.push(fileName),
      },
    };
  }

  #upsert(people: readonly ImportedPerson[]) {
    if (people.length > maxImportBatch) throw new Error(`${people.length} people in one call`);
    if (new Set(people.map(({ address }) => address.value)).size !== people.length) throw new Error("an address twice in one call");
    this.largestCall = Math.max(this.largestCall, people.length);
    const known = people.filter(({ address }) => this.people.has(address.value)).length;
    const optedOut = people.filter(({ address }) => this.optedOut.has(address.value));
    for (const person of people) this.people.set(person.address.value, merged(this.people.get(person.address.value), person));
    const said = (state: ImportedPerson["consent"]): number =>
      people.filter((person) => person.consent === state && !optedOut.includes(person)).length;
    return {
      added: people.length - known,
      updated: known,
      optedOut: optedOut.length,
      consentsGranted: said("granted"),
      consentsWithdrawn: said("withdrawn"),
    };
  }
}

/** What a row leaves empty stays as it was known; a withdrawal stays whatever comes after it. */
function merged(known: ImportedPerson | undefined, person: ImportedPerson): ImportedPerson {
  if (!known) return person;
  return {
    ...person,
    displayName: person.displayName ?? known.displayName,
    fields: { ...known.fields, ...person.fields },
    tags: [...new Set([...known.tags, ...person.tags])],
    consent: known.consent === "withdrawn" ? "withdrawn" : (person.consent ?? known.consent),
  };
}
