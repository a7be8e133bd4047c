import type { CampaignId, ContactId, MessageId } from "@herald/kernel";
import type { LedgerBalance } from "../ledger/ledger.ts";
import type { MessageState, SkipReason } from "../ledger/message-state.ts";

export type FailureCause = {
  /** Of the newest refusal; where there is none, the message's own reason: `written_off`, `connection_lost`, `no_connection`, … */
  readonly class: string | null;
  readonly code: string | null;
  readonly state: MessageState;
  readonly count: number;
};
export type OpenBlock = {
  readonly blockId: string;
  readonly scope: string;
  readonly class: string;
  readonly code: string | null;
  readonly detail: string;
  readonly sinceMs: number;
};
/** What an operator may weigh before deciding about unknown messages. */
export type UnknownEvidence = {
  readonly count: number;
  readonly oldestAtMs: number;
  /** Of this campaign's accepted messages (at most 2,000 of them, at random), begun at least two minutes ago: how many, and which share had a receipt within two minutes; null: there are none. */
  readonly comparedWith: number;
  readonly within2MinShare: number | null;
  readonly medianFirstReceiptMs: number | null;
  /** The overflow was read since the newest of them became unknown: a resend or write-off would not be refused for it. */
  readonly isOverflowRead: boolean;
};
/** Messages that the provider accepted and keeps back for a quality review. */
export type HeldEvidence = {
  readonly count: number;
  readonly oldestAtMs: number;
  /** Held for more than a day: these an operator may give up. */
  readonly ripe: number;
  /** As with unknown ones, of those that may be given up. */
  readonly isOverflowRead: boolean;
};
/** Messages that wait for the same reason. */
export type DeferredGroup = {
  readonly class: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly count: number;
  /** Null: they have no time, they wait until a block is cured. */
  readonly earliestAtMs: number | null;
  readonly latestAtMs: number | null;
};
/** How fast the campaign's number sends now, and what holds it back. Rates are messages per second. */
export type SendingPace = {
  readonly isMarketing: boolean;
  readonly weight: number;
  /** This campaign's own ceiling; null: the number's pace alone. */
  readonly maxPerSecond: number | null;
  readonly capPerSecond: number;
  /** Where the cap comes from, the provider's word for it, when it last told it (null: never), and why not at the newest look-up (null: it did). */
  readonly planSource: string;
  readonly planLevel: string;
  readonly planCheckedAtMs: number | null;
  readonly planProblem: string | null;
  /** What the gate grants now: cap × utilisation, slowed while the provider throttles. */
  readonly effectivePerSecond: number;
  readonly killedBy: "deployment" | "workspace" | "number" | null;
  /** Slowed after the provider throttled it, on its way back to the full pace. */
  readonly isSlowed: boolean;
  /** The whole number rests until then, by the provider's wish. */
  readonly restUntilMs: number | null;
  readonly restCode: string | null;
  /** Most of its last outcomes were failures of the moment: one message at a time probes it. */
  readonly breakerOpenSinceMs: number | null;
  /** People the portfolio may write to in 24 h outside a service window, and those who have a place; null: no limit is known. */
  readonly portfolio: { readonly limit: number; readonly reserved: number } | null;
  /** Webhooks wait longer than 30 s to be understood: marketing waits with them, an opt-out may be among them. */
  readonly isInboxBehind: boolean;
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
  readonly contactId: ContactId;
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
  /** Null while none is unknown. */
  readonly unknown: (campaignId: CampaignId) => Promise<UnknownEvidence | null>;
  /** Null while none is held. */
  readonly held: (campaignId: CampaignId) => Promise<HeldEvidence | null>;
  readonly deferred: (campaignId: CampaignId) => Promise<readonly DeferredGroup[]>;
  readonly pace: (campaignId: CampaignId) => Promise<SendingPace>;
  readonly openBlocks: (campaignId: CampaignId) => Promise<readonly OpenBlock[]>;
  readonly message: (campaignId: CampaignId, messageId: MessageId) => Promise<MessageLine | null>;
  /** Keyset page of the ledger, by recipient. */
  readonly messages: (
    campaignId: CampaignId,
    page: { readonly after: ContactId | null; readonly limit: number; readonly state: MessageState | null },
  ) => Promise<readonly Omit<MessageLine, "attempts">[]>;
  /** Null while nothing is due; before the first grant, the time of the start, or of the launch. Used to name a stall. */
  readonly lastGrantAtMs: (campaignId: CampaignId) => Promise<number | null>;
};
