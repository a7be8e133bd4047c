import { expect, test } from "vitest";
import { asViewer, fakeCtx } from "../testing/fake-ctx.ts";
import { aCampaignId } from "../testing/ids.ts";
import { cancelCampaign, pauseCampaign, resumeCampaign } from "./control-campaign.ts";
import type { CampaignControl } from "./controls.ts";

const campaignId = aCampaignId();
const aControl = (change: Partial<CampaignControl> = {}): CampaignControl => ({
  campaignId,
  flag: "running",
  status: "sending",
  controlSeq: 3,
  ...change,
});
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
  const commitOf = async (verb: typeof pauseCampaign, control: CampaignControl) => {
    const { ctx, written } = fakeCtx({ control });
    expect(await verb(ctx, { campaignId, note: "wrong price" })).toMatchObject({ ok: true, value: { controlSeq: 4 } });
    return written.commits;
  };
  const said = { reason: "operator", note: "wrong price" };
  expect(await commitOf(pauseCampaign, aControl())).toEqual([{ flag: "paused", status: "paused", ...said }]);
  expect(await commitOf(resumeCampaign, aControl({ flag: "paused", status: "paused" }))).toEqual([
    { flag: "running", status: "queued", ...said },
  ]);
  expect(await commitOf(cancelCampaign, aControl({ status: "scheduled" })), "the workflow ends it, once all is left out").toEqual([
    { flag: "cancelled", status: "scheduled", ...said },
  ]);
});

test("a control that holds already answers its state and commits nothing", async () => {
  for (const [verb, control] of [
    [pauseCampaign, aControl({ flag: "paused", status: "paused" })],
    [resumeCampaign, aControl()],
    [cancelCampaign, aControl({ flag: "cancelled", status: "cancelled" })],
  ] as const) {
    const { ctx, written } = fakeCtx({ control });
    expect(await verb(ctx, { campaignId })).toEqual({ ok: true, value: control });
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
