import type { CampaignId, MessageId } from "@herald/kernel";
import type { LedgerBalance } from "../ledger/ledger.ts";
import type { MessageState, SkipReason } from "../ledger/message-state.ts";

export type FailureCause = {
  readonly class: string | null;
  readonly code: string | null;
  readonly state: MessageState;
  readonly count: number;
};
export type OpenBlock = {
  readonly scope: string;
  readonly class: string;
  readonly code: string | null;
  readonly detail: string;
  readonly sinceMs: number;
};
export type AttemptLine = {
  readonly attempt: number;
  readonly epoch: number;
  readonly intentAtMs: number;
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
/** Why one recipient got it, or did not. */
export type MessageLine = {
  readonly messageId: MessageId;
  readonly contactId: string;
  readonly state: MessageState;
  readonly receipt: string | null;
  readonly reason: string | null;
  readonly nextAtMs: number | null;
  readonly attempts: readonly AttemptLine[];
};

/** Reads of a campaign's report, under the workspace of the unit of work. */
export type ReportPort = {
  readonly balance: (campaignId: CampaignId) => Promise<LedgerBalance>;
  readonly skips: (campaignId: CampaignId) => Promise<readonly { readonly reason: SkipReason; readonly count: number }[]>;
  readonly causes: (campaignId: CampaignId) => Promise<readonly FailureCause[]>;
  readonly openBlocks: (campaignId: CampaignId) => Promise<readonly OpenBlock[]>;
  readonly message: (campaignId: CampaignId, messageId: MessageId) => Promise<MessageLine | null>;
  /** Keyset page of the ledger, by message id. */
  readonly messages: (
    campaignId: CampaignId,
    page: { readonly after: MessageId | null; readonly limit: number; readonly state: MessageState | null },
  ) => Promise<readonly Omit<MessageLine, "attempts">[]>;
  /** Null while nothing is due; before the first grant, the time of the start, or of the launch. Used to name a stall. */
  readonly lastGrantAtMs: (campaignId: CampaignId) => Promise<number | null>;
};
