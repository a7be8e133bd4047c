import { RescheduleInput, rescheduleCampaign } from "@herald/campaign";
import { presentRescheduled, RescheduleAnswer } from "../../../../../doors/answers/campaign.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: moves the start of a campaign that has not started, or starts it now. Works with Temporal and all workers down: they read it when they are back. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromCampaign,
  audit: "campaign.rescheduled",
  params: CampaignParams,
  body: json(RescheduleInput),
  input: ({ params, body }) => ({ ...params, ...body }),
  verb: rescheduleCampaign,
  answer: RescheduleAnswer,
  present: presentRescheduled,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
