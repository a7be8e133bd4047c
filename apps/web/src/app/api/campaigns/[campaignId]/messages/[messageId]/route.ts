import { explainRecipient } from "@herald/campaign";
import { MessageAnswer, presentWhy } from "../../../../../../doors/answers/message.ts";
import { MessageParams } from "../../../../../../doors/ids.ts";
import { door, fromCampaign, otherMethods } from "../../../../../../doors/index.ts";

/** GET: why one recipient got it, or did not: the fact that decided, and everything that led to it. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromCampaign,
  audit: null,
  params: MessageParams,
  input: ({ params }) => params,
  verb: explainRecipient,
  answer: MessageAnswer,
  present: presentWhy,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
