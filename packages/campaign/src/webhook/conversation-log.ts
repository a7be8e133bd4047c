import type { CampaignId, ContactId, MessageId, SenderId, WorkspaceId } from "@herald/kernel";
import type { Receipt } from "@herald/provider";

/** One attempt as the conversation store shows it: a projection of the ledger, upserted by `messageKey`, never the other way round. */
export type OutboundProjection = {
  readonly kind: "outbound";
  readonly workspaceId: WorkspaceId;
  readonly senderId: SenderId;
  readonly contactId: ContactId;
  /** `attempt:<messageId>:<attempt>` */
  readonly messageKey: string;
  readonly campaignId: CampaignId;
  readonly messageId: MessageId;
  readonly attempt: number;
  readonly providerMessageId: string | null;
  readonly templateName: string;
  readonly templateLanguage: string;
  readonly acceptedAtMs: number;
  readonly receipt: Receipt | null;
  readonly sentAtMs: number | null;
  readonly deliveredAtMs: number | null;
  readonly readAtMs: number | null;
  readonly failedAtMs: number | null;
  readonly failureCode: string | null;
};
export type InboundProjection = {
  readonly kind: "inbound";
  readonly workspaceId: WorkspaceId;
  readonly senderId: SenderId;
  readonly contactId: ContactId;
  /** `inbound:<providerMessageId>` */
  readonly messageKey: string;
  readonly providerMessageId: string;
  readonly type: string;
  readonly text: string | null;
  readonly receivedAtMs: number;
  readonly campaignId: CampaignId | null;
  readonly repliesToMessageKey: string | null;
};
export type Projection = OutboundProjection | InboundProjection;

/** MongoDB behind a port: conversations, messages, delivery events. Idempotent by message key, forward only. */
export type ConversationLog = {
  readonly apply: (projections: readonly Projection[]) => Promise<void>;
};

export type ProjectionRow = {
  readonly outboxId: string;
  /** How often the conversation store has refused it, alone or with others. */
  readonly tries: number;
  readonly projections: readonly Projection[];
};

/** The outbox rows that feed the conversation store, in order. */
export type ProjectionFeed = {
  readonly claim: (limit: number) => Promise<readonly ProjectionRow[]>;
  readonly markDone: (outboxIds: readonly string[]) => Promise<void>;
  /** They come again later and later. */
  readonly markProblem: (outboxIds: readonly string[], problem: string) => Promise<void>;
};
