import { LaunchCampaignInput, launchCampaign } from "@herald/campaign";
import { tellStart } from "../../../../doors/after-commit.ts";
import { LaunchAnswer, presentLaunch } from "../../../../doors/answers/campaign.ts";
import { workspaceId } from "../../../../doors/ids.ts";
import { door, fromBody, json, otherMethods } from "../../../../doors/index.ts";

/** POST: freezes a campaign and orders its start, once per Idempotency-Key. 202: it will run, also when Temporal is away just now. */
export const POST = door({
  auth: "member",
  action: "campaign.send",
  workspace: fromBody,
  audit: "campaign.launched",
  needs: ["temporal", "redis"],
  idempotency: "required",
  body: json(LaunchCampaignInput.extend({ workspaceId }), { maxBytes: 12_000_000 }),
  input: ({ body: { workspaceId: _, ...campaign } }) => campaign,
  verb: launchCampaign,
  afterCommit: tellStart,
  status: 202,
  answer: LaunchAnswer,
  present: presentLaunch,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
