import { discardDraft, readDraft, SaveDraftInput, saveDraft } from "@herald/campaign";
import {
  DiscardedDraftAnswer,
  presentDiscardedDraft,
  presentSavedDraft,
  presentStoredDraft,
  SavedDraftAnswer,
  StoredDraftAnswer,
} from "../../../../../../doors/answers/draft.ts";
import { DraftParams } from "../../../../../../doors/ids.ts";
import { door, fromPath, json, otherMethods } from "../../../../../../doors/index.ts";

/** GET: a draft as it is stored now, with the `version` that the next save names. */
export const GET = door({
  auth: "member",
  action: "campaign.read",
  workspace: fromPath,
  audit: null,
  params: DraftParams,
  input: ({ params }) => ({ draftId: params.draftId }),
  verb: readDraft,
  answer: StoredDraftAnswer,
  present: presentStoredDraft,
});

/** PUT: saves a draft whole, unless somebody saved it since the `version` that was read. */
export const PUT = door({
  auth: "member",
  action: "campaign.write",
  workspace: fromPath,
  audit: "draft.saved",
  params: DraftParams,
  body: json(SaveDraftInput, { maxBytes: 12_000_000 }),
  input: ({ params, body }) => ({ draftId: params.draftId, ...body }),
  verb: saveDraft,
  answer: SavedDraftAnswer,
  present: presentSavedDraft,
});

/** DELETE: throws a draft away for good. One that was launched stays with its campaign. */
export const DELETE = door({
  auth: "member",
  action: "campaign.write",
  workspace: fromPath,
  audit: "draft.discarded",
  params: DraftParams,
  input: ({ params }) => ({ draftId: params.draftId }),
  verb: discardDraft,
  answer: DiscardedDraftAnswer,
  present: presentDiscardedDraft,
});

export const { OPTIONS, PATCH, POST } = otherMethods("DELETE", "GET", "PUT");
