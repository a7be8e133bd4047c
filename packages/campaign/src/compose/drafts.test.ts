import { expect, test } from "vitest";
import { aSavedDraft, asViewer, type FakeWorld, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { aCampaignId, aDraftId, aUserId } from "../testing/ids.ts";
import { CreateDraftInput, createDraft } from "./create-draft.ts";
import { discardDraft } from "./discard-draft.ts";
import { readDraft } from "./read-draft.ts";
import { SaveDraftInput, saveDraft } from "./save-draft.ts";

const words = { name: "Spring sale", content: { expiresInHours: 24 } };
const draftId = aDraftId();

async function done(world: FakeWorld) {
  const { ctx, written } = fakeCtx(world);
  const version = 3;
  return { written, saved: await saveDraft(ctx, { draftId, version, ...words }), discarded: await discardDraft(ctx, { draftId }) };
}

test("a draft begins empty and nameless, or with what is known", async () => {
  const { ctx, written } = fakeCtx();
  expect(CreateDraftInput.parse({})).toEqual({ name: "", content: {} });
  expect(await createDraft(ctx, words)).toEqual({ ok: true, value: { draftId, version: 1 } });
  expect(written.drafts).toEqual([{ done: "created", ...words }]);
});

test("a save replaces the draft, and answers the version that the next one names", async () => {
  const { saved, discarded, written } = await done({ draft: aSavedDraft({ version: 3 }) });
  expect(saved).toEqual({ ok: true, value: { draftId, version: 4, updatedAtMs: nowMs } });
  expect(discarded).toEqual({ ok: true, value: { draftId } });
  expect(written.drafts).toEqual([{ done: "saved", ...words }, { done: "discarded" }]);
});

test.each([2, 4])("nobody writes over what somebody else saved: version %i", async (version) => {
  const { saved, written } = await done({ draft: aSavedDraft({ version }) });
  expect(saved).toEqual({ ok: false, error: { type: "draft_moved", version, updatedAtMs: nowMs - 60_000, updatedBy: aUserId() } });
  expect(written.drafts).toEqual([{ done: "discarded" }]);
});

test("L8: a draft that was launched is neither saved nor thrown away, and its campaign is named", async () => {
  const { saved, discarded, written } = await done({ draft: aSavedDraft({ launchedCampaignId: aCampaignId() }) });
  const problem = { ok: false, error: { type: "draft_launched", campaignId: aCampaignId() } };
  expect([saved, discarded]).toEqual([problem, problem]);
  expect(written.drafts).toEqual([]);
});

test("L10: a draft that is not of this workspace is not found", async () => {
  const { saved, discarded, written } = await done({});
  const problem = { ok: false, error: { type: "not_found", resource: "draft" } };
  expect([saved, discarded]).toEqual([problem, problem]);
  expect(written.drafts).toEqual([]);
});

test("who may only look writes no draft", async () => {
  const { saved, discarded, written } = await done({ draft: aSavedDraft(), allowed: asViewer });
  const problem = { ok: false, error: { type: "not_allowed", action: "campaign.write" } };
  expect([saved, discarded, await createDraft(fakeCtx({ allowed: asViewer }).ctx, words)]).toEqual([problem, problem, problem]);
  expect(written.drafts).toEqual([]);
});

test("a draft is read as it is stored, by everybody of the workspace, and one of another workspace is not found", async () => {
  const stored = aSavedDraft({ version: 7 });
  const { ctx, written } = fakeCtx({ draft: stored, allowed: asViewer });
  expect(await readDraft(ctx, { draftId })).toEqual({ ok: true, value: { name: "", content: {}, ...stored } });
  expect(written.drafts).toEqual([]);
  expect(await readDraft(fakeCtx().ctx, { draftId })).toEqual({ ok: false, error: { type: "not_found", resource: "draft" } });
  const nobody = fakeCtx({ draft: stored, allowed: [] });
  expect(await readDraft(nobody.ctx, { draftId })).toEqual({ ok: false, error: { type: "not_allowed", action: "campaign.read" } });
});

test.each<[string, object]>([
  ["a name of 201 characters", { name: "x".repeat(201) }],
  ["no version", { version: undefined }],
  ["a version of nothing", { version: 0 }],
  ["a member that nobody knows", { isDone: true }],
])("a save with %s is refused", (_what, change) => {
  expect(SaveDraftInput.safeParse({ ...words, version: 1, ...change }).success).toBe(false);
  expect(SaveDraftInput.safeParse({ ...words, version: 1 }).success).toBe(true);
});
