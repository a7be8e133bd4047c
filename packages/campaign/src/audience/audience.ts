import type { Address, ContactId, ImportBatchId, RecipientListId } from "@herald/kernel";

/** Who was chosen. Parts add up (any-of); `exclude` takes away. Resolved by the server, again at submit. */
export type AudienceDefinition = {
  readonly listIds?: readonly RecipientListId[] | undefined;
  readonly importBatchIds?: readonly ImportBatchId[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly contactIds?: readonly ContactId[] | undefined;
  readonly exclude?:
    | { readonly listIds?: readonly RecipientListId[] | undefined; readonly tags?: readonly string[] | undefined }
    | undefined;
};

/** One chosen person with all that decides whether the message may go. */
export type Candidate = {
  readonly contactId: ContactId;
  readonly displayName: string;
  readonly fields: Readonly<Record<string, string>>;
  /** ISO 3166-1 alpha-2; null: not known. */
  readonly country: string | null;
  readonly isActive: boolean;
  /** The phone of WhatsApp, else the BSUID; null when there is neither. */
  readonly address: Address | null;
  readonly suppression: "marketing" | "all" | null;
  readonly marketingConsent: "granted" | "withdrawn" | null;
  /** A marketing message went out (or is reserved) within the workspace's frequency cap. */
  readonly isWithinFrequencyCap: boolean;
  /** Known by an import, a conversation or a consent: enough for UTILITY and AUTHENTICATION. */
  readonly isKnown: boolean;
};

/**
 * What of a person's own text a campaign reads: `asIs` where the value itself decides, `filled` where it matters only whether there is one. A value of more
 * than `mostBytes` (UTF-8) is never taken for alike: with others like it, it may make a message too large.
 */
export type ReadFields = { readonly asIs: readonly string[]; readonly filled: readonly string[]; readonly mostBytes: number };
/** People of whom all that decides is alike: one of them, and how many they are. What is written in a field that is only `filled` is that one's own. */
export type Alike = { readonly one: Candidate; readonly people: number };

export type AudiencePort = {
  /** Pages of up to 1,000 candidates in a stable order, each person once, all in one snapshot. */
  readonly pages: (definition: AudienceDefinition) => AsyncIterable<readonly Candidate[]>;
  /** The candidates of `pages` counted: whoever is judged as all others of a group is one of it. For figures, without reading everybody. */
  readonly alike: (definition: AudienceDefinition, fields: ReadFields) => Promise<readonly Alike[]>;
  /** The candidates of `pages` that come next after this one (null: the first), at most so many. */
  readonly after: (definition: AudienceDefinition, contactId: ContactId | null, limit: number) => Promise<readonly Candidate[]>;
  /** Ids of the definition that are not of this workspace: unknown and foreign answer alike. */
  readonly missingParts: (definition: AudienceDefinition) => Promise<readonly string[]>;
};
