import type { CampaignId } from "@herald/kernel";
import type { ControlFlag } from "../dispatch/controls.ts";
import type { LedgerBalance } from "../ledger/ledger.ts";
import type { MessageState, SkipReason } from "../ledger/message-state.ts";

export type FailureCause = {
  /** Of the newest refusal; where there is none, the message's own reason: `written_off`, `connection_lost`, `no_connection`, … */
  readonly class: string | null;
  readonly code: string | null;
  /** What the provider wrote about one of them; null where it wrote nothing. */
  readonly detail: string | null;
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
/** The newest word about whether a campaign may send. */
export type LastControl = {
  readonly flag: ControlFlag;
  /** Grows by one with every change by a person: an answer of a door with a higher one is newer than this. */
  readonly controlSeq: number;
  /** Who paused, resumed or stopped it last; null: nobody did yet. */
  readonly last: {
    readonly action: ControlAct["action"];
    readonly atMs: number;
    /** Null: the system did. */
    readonly userId: string | null;
    readonly note: string | null;
  } | null;
};
export type ControlAct = {
  readonly action: "paused" | "resumed" | "cancelled";
  readonly atMs: number;
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
  readonly control: (campaignId: CampaignId) => Promise<LastControl>;
  /** The newest 200 acts that stopped the campaign or let it go on, oldest first. */
  readonly controlActs: (campaignId: CampaignId) => Promise<readonly ControlAct[]>;
  /**
   * How many requests had come to something at `fromMs` and at each of `steps` equal steps after it: `steps` + 1 numbers that never fall. Between
   * two samples they grow evenly over the time that was looked at.
   */
  readonly askedAt: (
    campaignId: CampaignId,
    at: { readonly fromMs: number; readonly stepMs: number; readonly steps: number },
  ) => Promise<readonly number[]>;
  /** Null while nothing is due; before the first grant, the time of the start, or of the launch. Used to name a stall. */
  readonly lastGrantAtMs: (campaignId: CampaignId) => Promise<number | null>;
};
