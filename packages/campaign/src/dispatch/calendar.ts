import type { CampaignId } from "@herald/kernel";
import type { LatePolicy } from "../compose/schedule.ts";
import type { CampaignControl } from "./controls.ts";

/** Where a start was moved to, and what the campaign is with the commit. `isNow`: its time has come. */
export type MovedStart = {
  readonly scheduledAtMs: number;
  readonly scheduleZone: string | null;
  readonly latePolicy: LatePolicy;
  readonly expiresAtMs: number;
  readonly isNow: boolean;
  readonly status: "scheduled" | "queued" | "paused";
  readonly note: string | null;
};

export type CalendarPort = {
  /** Writes the new start, control_seq + 1, a wake-up row for the workflow and an audit entry. The caller holds the control row. */
  readonly move: (campaignId: CampaignId, start: MovedStart) => Promise<CampaignControl>;
};
