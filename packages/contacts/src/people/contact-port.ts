import type { Actor, Address, ContactId, ImportBatchId, RecipientListId, WorkspaceId } from "@herald/kernel";

/** What a role may be allowed to do with one person; the one table of roles is in packages/identity. */
export type PeopleAction = "contacts.read" | "contacts.write" | "consent.add" | "consent.remove";

/** One unit of work: who acts, in which workspace, with the port bound to one transaction. */
export type PeopleCtx = {
  readonly actor: Actor;
  readonly workspaceId: WorkspaceId;
  readonly allows: (action: PeopleAction) => boolean;
  readonly contacts: ContactPort;
};

export const contactStatuses = ["active", "deleted"] as const;
export type ContactStatus = (typeof contactStatuses)[number];
/** Marketing on WhatsApp, as the gate has it: `withdrawn` is also whoever is on the opt-out register; `none`: never asked, or never answered. */
export const consentWords = ["granted", "withdrawn", "none"] as const;
export type ConsentWord = (typeof consentWords)[number];

/** Everything that is named must hold. */
export type ContactFilter = {
  /** Words of a name, each anywhere in it, or digits of a phone in any spelling. */
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
  readonly listId?: RecipientListId | undefined;
  /** The newest import that named the person. */
  readonly importBatchId?: ImportBatchId | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  readonly consent?: ConsentWord | undefined;
  readonly status: ContactStatus;
};

/** A line of the list. */
export type ContactLine = {
  readonly contactId: ContactId;
  readonly displayName: string;
  readonly status: ContactStatus;
  readonly country: string | null;
  /** The one to show: a phone on WhatsApp before any other; null for somebody without any. */
  readonly address: Address | null;
  readonly tags: readonly string[];
  readonly consent: ConsentWord;
  readonly addedAtMs: number;
};
/** `next`: where the following page begins; null at the end. */
export type ContactPage = { readonly contacts: readonly ContactLine[]; readonly next: string | null };
/** `isExact: false`: there are more than `people`, and nobody counted on. */
export type ContactCount = { readonly people: number; readonly isExact: boolean };

export type ContactChange = {
  readonly displayName?: string | undefined;
  /** By key; null takes the field away, a key that is not named stays as it is. */
  readonly fields?: Readonly<Record<string, string | null>> | undefined;
};
export type TagChange = { readonly add: readonly string[]; readonly remove: readonly string[] };

/** `isNew: false`: the person was on the opt-out register already, and nothing was written. */
export type OptOut = { readonly isNew: boolean };
/**
 * What became of a lift: consent is again what it was before (`none` or `granted`), or why it was refused: `own_word` the person said it,
 * `imported` a file said it, `not_opted_out` nobody did.
 */
export type Lift = "lifted_to_none" | "lifted_to_granted" | "own_word" | "imported" | "not_opted_out";

/** People of the workspace, one by one. Null: no such person here. Each change writes its audit entry. */
export type ContactPort = {
  /** A page of at most `limit`, newest first. `after`: `next` of the page before. */
  readonly page: (filter: ContactFilter, after: string | null, limit: number) => Promise<ContactPage>;
  readonly count: (filter: ContactFilter) => Promise<ContactCount>;
  readonly edit: (contactId: ContactId, change: ContactChange) => Promise<{ readonly updatedAtMs: number } | null>;
  readonly changeTags: (contactId: ContactId, change: TagChange) => Promise<readonly string[] | null>;
  /** Takes consent away over all identities; the commit waits for grants that checked before (law L7). */
  readonly optOut: (contactId: ContactId, note: string) => Promise<OptOut | null>;
  readonly liftOptOut: (contactId: ContactId, note: string) => Promise<Lift | null>;
};
