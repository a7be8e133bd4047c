import { checkContent, DraftContentInput } from "@herald/campaign";
import { ChecksAnswer, presentChecks } from "../../../../doors/answers/checks.ts";
import { workspaceId } from "../../../../doors/ids.ts";
import { door, fromBody, json, otherMethods } from "../../../../doors/index.ts";

/** POST: everything for which a launch of a draft's content would be refused, at once, and what is known of each. Changes nothing. */
export const POST = door({
  auth: "member",
  action: "campaign.preview",
  workspace: fromBody,
  audit: null,
  body: json(DraftContentInput.extend({ workspaceId }), { maxBytes: 12_000_000 }),
  input: ({ body: { workspaceId: _, ...content } }) => content,
  verb: checkContent,
  answer: ChecksAnswer,
  present: presentChecks,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
