import { paceWindows, readPaceHistory } from "@herald/campaign";
import { z } from "zod";
import { PaceAnswer, presentPaceHistory } from "../../../../../doors/answers/pace.ts";
import { CampaignParams } from "../../../../../doors/ids.ts";
import { door, fromCampaign, otherMethods } from "../../../../../doors/index.ts";

const PaceQuery = z.strictObject({ window: z.enum(paceWindows).default("15m") });

/** GET: how fast a campaign was sent, in at most 300 points, and when it was paused. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromCampaign,
  audit: null,
  params: CampaignParams,
  query: PaceQuery,
  input: ({ params, query }) => ({ ...params, ...query }),
  verb: readPaceHistory,
  answer: PaceAnswer,
  present: presentPaceHistory,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
