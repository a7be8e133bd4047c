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

export type AudiencePort = {
  /** Pages of up to 1,000 candidates in a stable order, each person once, all in one snapshot. */
  readonly pages: (definition: AudienceDefinition) => AsyncIterable<readonly Candidate[]>;
  /** Ids of the definition that are not of this workspace: unknown and foreign answer alike. */
  readonly missingParts: (definition: AudienceDefinition) => Promise<readonly string[]>;
};
