import { expect, test } from "vitest";
import { aControl } from "../testing/control.ts";
import { asViewer, fakeCtx } from "../testing/fake-ctx.ts";
import { aCampaignId } from "../testing/ids.ts";
import { PaceInput, setPace } from "./set-pace.ts";

const campaignId = aCampaignId();

test("what is named changes, what is not stays, and null takes the ceiling away", async () => {
  const { ctx, written } = fakeCtx({ control: aControl(), pace: { weight: 2, maxPerSecond: 40 } });
  expect(await setPace(ctx, { campaignId, maxPerSecond: 10, note: "softer" })).toMatchObject({
    ok: true,
    value: { weight: 2, maxPerSecond: 10, controlSeq: 4 },
  });
  expect(await setPace(ctx, { campaignId, maxPerSecond: null })).toMatchObject({ ok: true, value: { weight: 2, maxPerSecond: null } });
  expect(written.paces).toEqual([
    { maxPerSecond: 10, note: "softer" },
    { maxPerSecond: null, note: null },
  ]);
});

test("a viewer may not, a foreign campaign is not found, and one that ends takes no pace", async () => {
  expect(await setPace(fakeCtx({ control: aControl(), allowed: asViewer }).ctx, { campaignId, weight: 1 })).toMatchObject({
    error: { type: "not_allowed" },
  });
  expect(await setPace(fakeCtx({ control: aControl() }).ctx, { campaignId: aCampaignId(2), weight: 1 })).toMatchObject({
    error: { type: "not_found" },
  });
  for (const control of [aControl({ status: "sent" }), aControl({ flag: "cancelled" })])
    expect(await setPace(fakeCtx({ control }).ctx, { campaignId, weight: 1 })).toMatchObject({
      error: { type: "wrong_status", action: "rate" },
    });
});

test.each([{}, { weight: 0.05 }, { weight: 11 }, { maxPerSecond: 0 }, { maxPerSecond: 1001 }, { weight: Number.NaN }])(
  "no pace: %j",
  (input) => {
    expect(PaceInput.safeParse(input).success).toBe(false);
  },
);
