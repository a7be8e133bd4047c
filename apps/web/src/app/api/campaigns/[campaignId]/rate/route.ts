import { PaceInput, setPace } from "@herald/campaign";
import { untilObeyed } from "../../../../../doors/after-commit.ts";
import { presentRate, RateAnswer } from "../../../../../doors/answers/operator.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: a campaign's share of its number and its own ceiling; once this answers, every new request keeps them. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromCampaign,
  audit: "campaign.pace_set",
  params: CampaignParams,
  body: json(PaceInput),
  input: ({ params, body }) => ({ ...params, ...body }),
  verb: setPace,
  afterCommit: untilObeyed,
  answer: RateAnswer,
  present: presentRate,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
