import { ControlInput, resumeCampaign } from "@herald/campaign";

import { ControlAnswer, presentControl } from "../../../../../doors/answers/campaign.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, json } from "../../../../../doors/index.ts";

/** POST: sends go on from where they stopped, with what was frozen. Resuming a running campaign answers its state. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromCampaign,
  audit: "campaign.resumed",
  params: CampaignParams,
  body: json(ControlInput),
  input: ({ params, body }) => ({ ...params, ...body }),
  verb: resumeCampaign,

  answer: ControlAnswer,
  present: presentControl,
});
