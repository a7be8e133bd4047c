import { reportCampaign } from "@herald/campaign";
import { presentReport, ReportAnswer } from "../../../../doors/answers/campaign.ts";
import { CampaignParams } from "../../../../doors/ids.ts";
import { door, fromCampaign, otherMethods } from "../../../../doors/index.ts";

/** GET: a campaign in numbers that add up, with the reason of every stop. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromCampaign,
  audit: null,
  params: CampaignParams,
  input: ({ params }) => params,
  verb: reportCampaign,
  answer: ReportAnswer,
  present: presentReport,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
