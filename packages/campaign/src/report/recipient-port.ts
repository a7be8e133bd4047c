import type { CampaignId, ContactId, ImportBatchId, MessageId, UserId } from "@herald/kernel";
import type { CampaignStatus } from "../ledger/campaign-status.ts";
import type { Bucket, MessageState } from "../ledger/message-state.ts";

/** Which recipients are looked for; null: any. */
export type RecipientFilter = {
  readonly buckets: readonly Bucket[] | null;
  /** A word by which the report groups them: a reason, or a class of a refusal. */
  readonly reason: string | null;
  /** The provider's code of the newest attempt. */
  readonly code: string | null;
  /** Part of a name, or digits of a phone number. */
  readonly search: string | null;
  /** Just these: rows that somebody looks at are asked for again, whether they still fit or not. */
  readonly messageIds: readonly MessageId[] | null;
};

/** One row of the list: a person, and where that person's message stands. */
export type RecipientLine = {
  readonly messageId: MessageId;
  readonly contactId: ContactId;
  /** Empty: nobody gave one. Null: the person is no longer kept. */
  readonly displayName: string | null;
  /** The phone number, else the BSUID; null when there is neither any more. */
  readonly address: string | null;
  readonly state: MessageState;
  readonly receipt: string | null;
  readonly reason: string | null;
  /** Of the newest attempt. */
  readonly class: string | null;
  readonly code: string | null;
  readonly nextAtMs: number | null;
  readonly changedAtMs: number;
};

export type AttemptLine = {
  readonly attempt: number;
  readonly epoch: number;
  readonly intentAtMs: number;
  /** The request had to begin before this. */
  readonly sendByMs: number;
  readonly settledAtMs: number | null;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly class: string | null;
  readonly detail: string | null;
  readonly latencyMs: number | null;
  readonly receipt: string | null;
  readonly sentAtMs: number | null;
  readonly deliveredAtMs: number | null;
  readonly readAtMs: number | null;
  readonly failedAtMs: number | null;
  readonly isProviderDouble: boolean;
};

/** What was launched, as far as one recipient is concerned. */
export type RecipientCampaign = {
  readonly name: string;
  readonly status: CampaignStatus;
  /** When the audience was frozen. */
  readonly frozenAtMs: number | null;
  readonly scheduledAtMs: number | null;
  readonly expiresAtMs: number;
  readonly template: { readonly name: string; readonly language: string; readonly category: string };
  /** As it is written for people, e.g. "+1 555 0100". */
  readonly senderNumber: string;
  readonly senderName: string;
  /** One marketing message per person in this time; null: no cap applies. */
  readonly frequencyCapMs: number | null;
};
/** What was frozen for this one; null for somebody who was left out at the launch. */
export type FrozenPlace = {
  readonly chunkNo: number;
  /** Place in the chunk, from 0. */
  readonly entryNo: number;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
};
export type ConsentLine = {
  /** `lifted`: a colleague took back a withdrawal that a colleague had recorded. */
  readonly state: "granted" | "withdrawn" | "lifted";
  readonly origin: string;
  readonly proof: Readonly<Record<string, unknown>>;
  readonly atMs: number;
};
/** An entry of the audit log about the campaign. `reasons` and `chosen` as the person who decided gave them. */
export type DecisionEntry = {
  readonly kind: "resent" | "written_off" | "cancelled";
  readonly atMs: number;
  /** Null: not a person of the workspace. */
  readonly userId: UserId | null;
  readonly note: string | null;
  /** `unknown`, `failed` or `held`; null for a cancellation. */
  readonly what: string | null;
};
export type ReplyLine = {
  readonly type: string;
  readonly atMs: number;
  /** It answers this very message; else the person wrote to the same number afterwards. */
  readonly isAnswer: boolean;
};

/** Everything about one recipient that is not the message itself. */
export type RecipientBackground = {
  readonly campaign: RecipientCampaign;
  readonly displayName: string | null;
  readonly address: string | null;
  readonly isActive: boolean;
  /** Those the audience was built from. */
  readonly lists: readonly { readonly name: string; readonly sinceMs: number }[];
  readonly tags: readonly string[];
  readonly imported: {
    readonly importBatchId: ImportBatchId;
    readonly fileName: string;
    readonly atMs: number;
    /** Known where the file also said something about consent. */
    readonly rowNo: number | null;
  } | null;
  readonly consents: readonly ConsentLine[];
  readonly suppressions: readonly { readonly scope: string; readonly reason: string; readonly atMs: number }[];
  /** The marketing message that holds the person's place under the frequency cap. */
  readonly lastMarketing: {
    readonly campaignId: CampaignId;
    readonly campaignName: string;
    readonly atMs: number;
    readonly isThisMessage: boolean;
  } | null;
  readonly frozen: FrozenPlace | null;
  readonly decisions: readonly DecisionEntry[];
  readonly replies: readonly ReplyLine[];
};

/** The message of one recipient with all that was ever tried. */
export type MessageLine = Omit<RecipientLine, "displayName" | "address"> & {
  /** How often an operator had it sent again. */
  readonly resends: number;
  readonly attempts: readonly AttemptLine[];
};

export type ExportLine = RecipientLine & {
  readonly attempts: number;
  readonly providerMessageId: string | null;
  readonly intentAtMs: number | null;
  readonly sentAtMs: number | null;
  readonly deliveredAtMs: number | null;
  readonly readAtMs: number | null;
  readonly failedAtMs: number | null;
};

export type PageOf = { readonly after: ContactId | null; readonly limit: number };

/** Reads of a campaign's recipients, under the workspace of the unit of work. All pages go by the recipient, whose order never changes. */
export type RecipientPort = {
  readonly page: (campaignId: CampaignId, page: PageOf & { readonly filter: RecipientFilter }) => Promise<readonly RecipientLine[]>;
  readonly find: (campaignId: CampaignId, messageId: MessageId) => Promise<MessageLine | null>;
  readonly background: (campaignId: CampaignId, message: MessageLine) => Promise<RecipientBackground>;
  readonly exportPage: (campaignId: CampaignId, page: PageOf) => Promise<readonly ExportLine[]>;
};
