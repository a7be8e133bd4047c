import { ControlInput, pauseCampaign } from "@herald/campaign";
import { untilObeyed } from "../../../../../doors/after-commit.ts";
import { ControlAnswer, presentControl } from "../../../../../doors/answers/campaign.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: stops new sends; once this answers, no new request begins (law L6). Pausing a paused campaign answers its state. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromCampaign,
  audit: "campaign.paused",
  params: CampaignParams,
  body: json(ControlInput),
  input: ({ params, body }) => ({ ...params, ...body }),
  verb: pauseCampaign,
  afterCommit: untilObeyed,
  answer: ControlAnswer,
  present: presentControl,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
