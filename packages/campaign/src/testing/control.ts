import type { LockedControl } from "../dispatch/controls.ts";
import { aCampaignId } from "./ids.ts";

/** The control of a campaign that is sending, as a verb finds it locked. */
export const aControl = (change: Partial<LockedControl> = {}): LockedControl => ({
  campaignId: aCampaignId(),
  flag: "running",
  status: "sending",
  controlSeq: 3,
  pauseReasons: [],
  uncured: [],
  ...change,
});
