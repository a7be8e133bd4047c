import { expect, test } from "vitest";
import { aControl } from "../testing/control.ts";
import { asViewer, fakeCtx } from "../testing/fake-ctx.ts";
import { aCampaignId } from "../testing/ids.ts";
import { cancelCampaign, pauseCampaign, resumeCampaign } from "./control-campaign.ts";
import type { LockedControl } from "./controls.ts";

const campaignId = aCampaignId();
const verbs = { pauseCampaign, resumeCampaign, cancelCampaign };

test.each(Object.entries(verbs))("%s: a viewer may not, and a campaign of another workspace is not found", async (_name, verb) => {
  const viewer = fakeCtx({ control: aControl(), allowed: asViewer });
  expect(await verb(viewer.ctx, { campaignId })).toEqual({ ok: false, error: { type: "not_allowed", action: "campaign.control" } });
  const foreign = fakeCtx({ control: aControl() });
  expect(await verb(foreign.ctx, { campaignId: aCampaignId(2) })).toEqual({
    ok: false,
    error: { type: "not_found", resource: "campaign" },
  });
  expect([viewer.written.commits, foreign.written.commits]).toEqual([[], []]);
});

test("pause, resume and cancel commit their flag, and a status where they decide one", async () => {
  const commitOf = async (verb: typeof pauseCampaign, control: LockedControl) => {
    const { ctx, written } = fakeCtx({ control });
    expect(await verb(ctx, { campaignId, note: "wrong price" })).toMatchObject({ ok: true, value: { controlSeq: 4 } });
    return written.commits;
  };
  const note = "wrong price";
  expect(await commitOf(pauseCampaign, aControl())).toEqual([{ flag: "paused", status: "paused", pauseReasons: ["operator"], note }]);
  expect(
    await commitOf(resumeCampaign, aControl({ flag: "paused", status: "paused", pauseReasons: ["operator", "template_changed"] })),
  ).toEqual([{ flag: "running", status: "queued", pauseReasons: [], note }]);
  expect(await commitOf(cancelCampaign, aControl({ status: "scheduled" })), "the workflow ends it, once all is left out").toEqual([
    { flag: "cancelled", status: "scheduled", pauseReasons: [], note },
  ]);
});

test("one that was paused before its time is scheduled again by a resume, and starts at its time; it pauses only once it sends", async () => {
  const paused = aControl({ flag: "paused", status: "scheduled", pauseReasons: ["template_changed"] });
  const { ctx, written } = fakeCtx({ control: paused });
  expect(await resumeCampaign(ctx, { campaignId })).toMatchObject({ ok: true, value: { flag: "running", status: "scheduled" } });
  expect(written.commits).toEqual([{ flag: "running", status: "scheduled", pauseReasons: [], note: null }]);
  const uncured = fakeCtx({ control: { ...paused, uncured: ["template_changed"] } });
  expect(await resumeCampaign(uncured.ctx, { campaignId })).toMatchObject({ error: { type: "pause_not_cured" } });
  expect((await cancelCampaign(uncured.ctx, { campaignId })).ok, "cancelling is always open").toBe(true);
});

test("a control that holds already answers its state and commits nothing", async () => {
  for (const [verb, control] of [
    [pauseCampaign, aControl({ flag: "paused", status: "paused", pauseReasons: ["operator"] })],
    [resumeCampaign, aControl()],
    [cancelCampaign, aControl({ flag: "cancelled", status: "cancelled" })],
  ] as const) {
    const { ctx, written } = fakeCtx({ control });
    const { flag, status, controlSeq } = control;
    expect(await verb(ctx, { campaignId })).toEqual({ ok: true, value: { campaignId, flag, status, controlSeq } });
    expect(written.commits).toEqual([]);
  }
});

test.each([
  ["resume", resumeCampaign, aControl({ flag: "running", status: "sent" })],
  ["pause", pauseCampaign, aControl({ flag: "paused", status: "failed" })],
  ["pause", pauseCampaign, aControl({ status: "sent" })],
  ["pause", pauseCampaign, aControl({ status: "scheduled" })],
  ["pause", pauseCampaign, aControl({ flag: "cancelled", status: "sending" })],
  ["resume", resumeCampaign, aControl({ flag: "cancelled", status: "cancelled" })],
  ["cancel", cancelCampaign, aControl({ status: "partially_sent" })],
] as const)("%s is refused where it cannot be, with the status that forbids it", async (action, verb, control) => {
  const { ctx, written } = fakeCtx({ control });
  expect(await verb(ctx, { campaignId })).toEqual({ ok: false, error: { type: "wrong_status", status: control.status, action } });
  expect(written.commits).toEqual([]);
});

test("reasons of a pause are a set: an operator's pause joins that of the engine, so that curing the one does not lift the other", async () => {
  const { ctx, written } = fakeCtx({
    control: aControl({ flag: "paused", status: "paused", pauseReasons: ["template_changed"], uncured: ["template_changed"] }),
  });
  expect((await pauseCampaign(ctx, { campaignId })).ok).toBe(true);
  expect(written.commits).toMatchObject([{ flag: "paused", pauseReasons: ["template_changed", "operator"] }]);
});

test("a resume is refused while a cause of the pause still holds", async () => {
  const { ctx, written } = fakeCtx({
    control: aControl({ flag: "paused", status: "paused", pauseReasons: ["operator", "template_changed"], uncured: ["template_changed"] }),
  });
  expect(await resumeCampaign(ctx, { campaignId })).toEqual({
    ok: false,
    error: { type: "pause_not_cured", reasons: ["template_changed"] },
  });
  expect(written.commits).toEqual([]);
  expect((await cancelCampaign(ctx, { campaignId })).ok, "cancelling is always open").toBe(true);
});
