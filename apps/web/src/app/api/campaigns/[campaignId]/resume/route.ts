import { ControlInput, resumeCampaign } from "@herald/campaign";
import { tellKilled } from "../../../../../doors/after-commit.ts";
import { presentResumed, ResumeAnswer } from "../../../../../doors/answers/campaign.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: sends go on from where they stopped, with what was frozen. Resuming a running campaign answers its state; `note` names a kill switch that is on. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromCampaign,
  audit: "campaign.resumed",
  params: CampaignParams,
  body: json(ControlInput),
  input: ({ params, body }) => ({ ...params, ...body }),
  verb: resumeCampaign,
  afterCommit: tellKilled,
  answer: ResumeAnswer,
  present: presentResumed,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
