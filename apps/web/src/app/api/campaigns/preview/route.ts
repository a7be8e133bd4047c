import { PreviewInput, previewAudience } from "@herald/campaign";
import { PreviewAnswer, presentPreview } from "../../../../doors/answers/campaign.ts";
import { workspaceId } from "../../../../doors/ids.ts";
import { door, fromBody, json, otherMethods } from "../../../../doors/index.ts";

/** POST: who would receive a campaign, who would not and why, and how the first ones read. Changes nothing. */
export const POST = door({
  auth: "member",
  action: "campaign.preview",
  workspace: fromBody,
  audit: null,
  body: json(PreviewInput.extend({ workspaceId }), { maxBytes: 12_000_000 }),
  input: ({ body: { workspaceId: _, ...draft } }) => draft,
  verb: previewAudience,
  answer: PreviewAnswer,
  present: presentPreview,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
