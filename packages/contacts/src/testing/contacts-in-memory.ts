import { parseUserId, parseWorkspaceId } from "@herald/kernel";
import type { ContactChange, ContactFilter, ContactPort, Lift, PeopleAction, PeopleCtx, TagChange } from "../people/contact-port.ts";

const id = "00000000-0000-4000-8000-000000000001";
const must = <T>(value: T | null): T => {
  if (value === null) throw new Error("not an id");
  return value;
};

/** A workspace with one person in it, or none, which keeps what it was told. */
export class ContactsInMemory {
  readonly told: unknown[] = [];
  isThere = true;
  lift: Lift = "lifted_to_none";

  ctx(allowed: readonly PeopleAction[]): PeopleCtx {
    return {
      actor: { kind: "user", userId: must(parseUserId(id)), role: "member" },
      workspaceId: must(parseWorkspaceId(id)),
      allows: (action) => allowed.includes(action),
      contacts: this.#port(),
    };
  }

  #port(): ContactPort {
    const tell = <T>(what: unknown, answer: T): T | null => {
      this.told.push(what);
      return this.isThere ? answer : null;
    };
    return {
      page: async (filter: ContactFilter, after, limit) => {
        this.told.push({ filter, after, limit });
        return { contacts: [], next: null };
      },
      count: async (filter) => {
        this.told.push({ filter });
        return { people: 0, isExact: true };
      },
      edit: async (_contactId, change: ContactChange) => tell(change, { updatedAtMs: 1 }),
      changeTags: async (_contactId, change: TagChange) => tell(change, change.add),
      optOut: async (_contactId, note) => tell(note, { isNew: true }),
      liftOptOut: async (_contactId, note) => tell(note, this.lift),
    };
  }
}
