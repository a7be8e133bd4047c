import type { CampaignId, MessageId } from "@herald/kernel";
import type { CampaignStatus } from "./campaign-status.ts";

/** How many messages one decision moves at most: while it runs it holds the campaign's control, which grants of its number wait for. */
export const maxDecided = 5000;

export type ResendChoice = {
  readonly what: "unknown" | "failed";
  /** Words by which the report groups them: a reason, a class or a provider's code. Null: any. */
  readonly reasons: readonly string[] | null;
  /** Just these messages of the chosen state; null: all of it. */
  readonly messageIds: readonly MessageId[] | null;
};

/** `messageIds` null: all of the chosen state. */
export type WriteOffChoice = { readonly what: "unknown" | "held"; readonly messageIds: readonly MessageId[] | null };

/** What became of a decision. Nothing moved while the overflow is unread: an answer to one of these attempts may be waiting in it. */
export type Decided = {
  readonly moved: number;
  /** Chosen as well, and left for the next call. */
  readonly more: number;
  readonly isOverflowUnread: boolean;
  readonly controlSeq: number;
  readonly status: CampaignStatus;
};
export type Resent = Decided & { readonly runNo: number };
/** What a verb answers of it. */
export type DecidedOf<Made extends Decided> = Omit<Made, "isOverflowUnread"> & { readonly campaignId: CampaignId };

/**
 * The moves that only a person makes (law L3). Each locks the campaign's control and its messages, so that evidence comes strictly before or after,
 * wakes or starts the workflow, and writes its audit entry. None touches a message of which any attempt arrived.
 */
export type DecisionPort = {
  /** unknown | failed → queued. A campaign that had ended is `queued` again as its next run, and may send for `expiresInMs`. */
  readonly resend: (
    campaignId: CampaignId,
    choice: ResendChoice,
    options: { readonly expiresInMs: number; readonly note: string; readonly limit: number },
  ) => Promise<Resent>;
  /** unknown | held for more than a day → failed(written_off). A receipt that comes later still lifts it. */
  readonly writeOff: (
    campaignId: CampaignId,
    choice: WriteOffChoice,
    options: { readonly note: string; readonly limit: number },
  ) => Promise<Decided>;
};
