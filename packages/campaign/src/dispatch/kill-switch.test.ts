import { expect, test } from "vitest";
import type { CampaignAction } from "../ctx.ts";
import { asViewer, fakeCtx } from "../testing/fake-ctx.ts";
import { aSenderId, aWorkspaceId } from "../testing/ids.ts";
import { setSenderKillSwitch, setWorkspaceKillSwitch } from "./kill-switch.ts";

const senderId = aSenderId();
const asMember: readonly CampaignAction[] = ["campaign.read", "campaign.control"];
const stop = { on: true, note: "complaints" };
const go = { on: false, note: "settled" };

test("whoever may pause may stop a number and the workspace; letting go again is for admins", async () => {
  const { ctx, written } = fakeCtx({ allowed: asMember });
  expect(await setSenderKillSwitch(ctx, { senderId, ...stop })).toEqual({ ok: true, value: { senderId, isKilled: true } });
  expect(await setWorkspaceKillSwitch(ctx, stop)).toEqual({ ok: true, value: { workspaceId: aWorkspaceId(), isKilled: true } });
  const refused = { ok: false, error: { type: "not_allowed", action: "sending.resume" } };
  expect(await setSenderKillSwitch(ctx, { senderId, ...go })).toEqual(refused);
  expect(await setWorkspaceKillSwitch(ctx, go)).toEqual(refused);
  expect(written.switched).toEqual([
    { senderId, ...stop },
    { senderId: null, ...stop },
  ]);
  expect(await setWorkspaceKillSwitch(fakeCtx().ctx, go)).toMatchObject({ ok: true, value: { isKilled: false } });
});

test("a viewer stops nothing, and a number of another workspace is not found", async () => {
  const { ctx, written } = fakeCtx({ allowed: asViewer });
  const refused = { ok: false, error: { type: "not_allowed", action: "campaign.control" } };
  expect(await setSenderKillSwitch(ctx, { senderId, ...stop })).toEqual(refused);
  expect(await setWorkspaceKillSwitch(ctx, stop)).toEqual(refused);
  expect(written.switched).toEqual([]);
  expect(await setSenderKillSwitch(fakeCtx().ctx, { senderId: aSenderId(2), ...stop })).toMatchObject({ error: { type: "not_found" } });
});
