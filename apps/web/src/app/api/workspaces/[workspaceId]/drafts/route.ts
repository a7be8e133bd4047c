import { CreateDraftInput, createDraft } from "@herald/campaign";
import { DraftAnswer, presentDraft } from "../../../../../doors/answers/draft.ts";
import { WorkspaceParams } from "../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../doors/index.ts";

/** POST: begins a draft. Nothing of it is checked yet, and every part may be missing. */
export const POST = door({
  auth: "member",
  action: "campaign.write",
  workspace: fromPath,
  audit: "draft.created",
  params: WorkspaceParams,
  body: json(CreateDraftInput, { maxBytes: 12_000_000 }),
  input: ({ body }) => body,
  verb: createDraft,
  answer: DraftAnswer,
  present: presentDraft,
});

export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods("POST");
