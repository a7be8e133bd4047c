import { readCampaigns } from "@herald/campaign";
import { z } from "zod";
import { CampaignLinesAnswer, presentLines } from "../../../../../doors/answers/campaign-list.ts";
import { campaignId, WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, otherMethods } from "../../../../../doors/index.ts";

const NamedQuery = z.strictObject({
  /** Ids with commas between them; none asks for the figures of the workspace alone. */
  campaignIds: z
    .string()
    .default("")
    .transform((text) => text.split(",").filter((id) => id !== ""))
    .pipe(z.array(campaignId).max(200)),
});

/** GET: campaigns that a screen shows already, as they are now, and how many of the workspace need somebody. One request for all visible rows. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromPath,
  audit: null,
  params: WorkspaceParams,
  query: NamedQuery,
  input: ({ query }) => query,
  verb: readCampaigns,
  answer: CampaignLinesAnswer,
  present: presentLines,
});

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods("GET");
