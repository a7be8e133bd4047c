import type { CampaignId } from "@herald/kernel";
import type { CampaignStatus } from "../ledger/campaign-status.ts";

export type ControlFlag = "running" | "paused" | "cancelled";
export type CampaignControl = {
  readonly campaignId: CampaignId;
  readonly flag: ControlFlag;
  readonly controlSeq: number;
  readonly status: CampaignStatus;
};

/**
 * Why a campaign is paused; a set, since curing one reason does not lift another. `operator`: a person said so. `template_changed`: the template is not
 * what was frozen. `schedule_missed`: its time passed while nobody could start it, and it asks first. What the provider refuses pauses nobody: it opens a block.
 */
export const pauseReasons = ["operator", "template_changed", "schedule_missed"] as const;
export type PauseReason = (typeof pauseReasons)[number];

export type LockedControl = CampaignControl & {
  readonly pauseReasons: readonly PauseReason[];
  /** Those of them whose cause still holds: sending on would only be refused, or send what was not launched. */
  readonly uncured: readonly PauseReason[];
};

/** Share among the campaigns of its number (0.1–10), and a ceiling of its own in messages per second; null: the number's pace alone. */
export type CampaignPace = { readonly weight: number; readonly maxPerSecond: number | null };

export type ControlPort = {
  /** Locks the control row (FOR UPDATE) and reads it; null when the campaign is not of this workspace. */
  readonly lock: (campaignId: CampaignId) => Promise<LockedControl | null>;
  /**
   * Flag, status and pause reasons in one step; control_seq + 1; a wake-up row for the workflow; an audit entry.
   * The caller commits; no request of this campaign begins later than one horizon after that (law L6).
   */
  readonly commit: (
    campaignId: CampaignId,
    change: {
      readonly flag: ControlFlag;
      readonly status: CampaignStatus;
      readonly pauseReasons: readonly PauseReason[];
      readonly note: string | null;
    },
  ) => Promise<CampaignControl>;
  /** What is absent stays as it is. control_seq + 1, wake-up row and audit entry as with `commit`; grants made after the commit obey it. */
  readonly setPace: (
    campaignId: CampaignId,
    change: { readonly [Part in keyof CampaignPace]?: CampaignPace[Part] | undefined } & { readonly note: string | null },
  ) => Promise<CampaignControl & CampaignPace>;
};
