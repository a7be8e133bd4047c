import { ResendInput, resendMessages } from "@herald/campaign";
import { presentResend, ResendAnswer } from "../../../../../doors/answers/operator.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: sends unknown or failed messages once more, at the operator's own risk. The key makes a repeated request harmless: it would else send a third time. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromCampaign,
  audit: "messages.resent",
  idempotency: "required",
  params: CampaignParams,
  body: json(ResendInput),
  input: ({ params, body }) => ({ ...params, ...body }),
  verb: resendMessages,
  answer: ResendAnswer,
  present: presentResend,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
