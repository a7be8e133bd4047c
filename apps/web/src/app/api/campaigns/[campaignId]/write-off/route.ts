import { WriteOffInput, writeOffMessages } from "@herald/campaign";
import { presentWriteOff, WriteOffAnswer } from "../../../../../doors/answers/operator.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: gives messages up that are unknown, or that the provider has held for more than a day. A receipt that comes later still lifts them. */
export const POST = door({
  auth: "member",
  action: "campaign.control",
  workspace: fromCampaign,
  audit: "messages.written_off",
  params: CampaignParams,
  body: json(WriteOffInput),
  input: ({ params, body }) => ({ ...params, ...body }),
  verb: writeOffMessages,
  answer: WriteOffAnswer,
  present: presentWriteOff,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
