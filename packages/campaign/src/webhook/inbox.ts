import type { CampaignId, ContactId, MessageId, SenderId, WorkspaceId } from "@herald/kernel";
import type { InboundEvent, PreferenceEvent } from "@herald/provider";
import type { ReceiptRecord } from "../ledger/ledger.ts";

export type InboxRow = { readonly inboxId: string; readonly provider: string; readonly receivedAtMs: number; readonly body: Uint8Array };
export type NumberOwner = { readonly workspaceId: WorkspaceId; readonly senderId: SenderId };

/** Stored webhooks, drained in order. A row that cannot be handled keeps its problem and is never dropped. */
export type Inbox = {
  /** Oldest undrained rows, no more than a few megabytes of them, claimed for this drain only (one drain at a time per deployment). */
  readonly claim: (limit: number) => Promise<readonly InboxRow[]>;
  readonly markDrained: (inboxIds: readonly string[]) => Promise<void>;
  /**
   * Stays undrained with these words, and is offered again later and later, for more than a day: a number may be connected, a store may recover.
   * After that it is parked until somebody asks for it again.
   */
  readonly markProblem: (inboxId: string, problem: string) => Promise<void>;
  readonly ownerOf: (providerNumberId: string) => Promise<NumberOwner | null>;
  /** Age of the oldest row that nobody has looked at, ms; 0 when none. */
  readonly lagMs: () => Promise<number>;
};

export type InboundRecord = { readonly inboxId: string; readonly event: InboundEvent; readonly isStop: boolean };
export type InboundMerge = {
  readonly isNew: boolean;
  readonly contactId: ContactId | null;
  readonly campaignId: CampaignId | null;
  readonly messageId: MessageId | null;
};

export type ParkedReceipts = {
  readonly workspaceId: WorkspaceId;
  readonly parkedIds: readonly string[];
  readonly records: readonly ReceiptRecord[];
};

/** What people say to us. Each inbound message acts once, however often it is delivered. */
export type PeoplePort = {
  /** Opens the service window, attributes the reply, and for a stop word withdraws consent, suppresses and takes the consent lock last (law L7). */
  readonly recordInbound: (owner: NumberOwner, record: InboundRecord) => Promise<InboundMerge>;
  /** The provider counts what people send against the number's pace: takes a slot of its budget for each of these rows that came within 2 s. */
  readonly debitReplies: (owner: NumberOwner, inboxIds: readonly string[]) => Promise<void>;
  readonly recordPreference: (owner: NumberOwner, event: PreferenceEvent) => Promise<void>;
  /** Parked receipts whose attempt is known by now, per workspace. They stay until `removeParked`: a merge is idempotent, a lost receipt is not. */
  readonly takeParked: () => Promise<readonly ParkedReceipts[]>;
  readonly removeParked: (workspaceId: WorkspaceId, parkedIds: readonly string[]) => Promise<void>;
};
