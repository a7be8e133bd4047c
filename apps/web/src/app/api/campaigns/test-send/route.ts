import { sendTest, TestSendInput } from "@herald/campaign";
import { tellStart } from "../../../../doors/after-commit.ts";
import { presentTestSent, TestSendAnswer } from "../../../../doors/answers/campaign.ts";
import { workspaceId } from "../../../../doors/ids.ts";
import { door, fromBody, json, otherMethods } from "../../../../doors/index.ts";

/** POST: sends a draft to up to five people ahead of all bulk campaigns, once per Idempotency-Key. It is a campaign of kind `test`, reported like any other. */
export const POST = door({
  auth: "member",
  action: "campaign.send",
  workspace: fromBody,
  audit: "campaign.tested",
  needs: ["temporal", "redis"],
  idempotency: "required",
  body: json(TestSendInput.extend({ workspaceId })),
  input: ({ body: { workspaceId: _, ...test } }) => test,
  verb: sendTest,
  afterCommit: tellStart,
  status: 202,
  answer: TestSendAnswer,
  present: presentTestSent,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
