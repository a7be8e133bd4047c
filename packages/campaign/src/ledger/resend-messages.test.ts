import { hours } from "@herald/kernel";
import { expect, test } from "vitest";
import { aControl } from "../testing/control.ts";
import { asViewer, fakeCtx } from "../testing/fake-ctx.ts";
import { aCampaignId, aMessageId } from "../testing/ids.ts";
import { maxDecided } from "./decisions.ts";
import { ResendInput, resendMessages } from "./resend-messages.ts";
import { WriteOffInput, writeOffMessages } from "./write-off-messages.ts";

const campaignId = aCampaignId();
const resend = { campaignId, ...ResendInput.parse({ what: "unknown", note: "they never arrived" }) };
const writeOff = { campaignId, ...WriteOffInput.parse({ note: "too long ago" }) };

test("a resend hands on what was chosen, with its note, and how long an ended campaign may send", async () => {
  const { ctx, written } = fakeCtx({ control: aControl() });
  expect(await resendMessages(ctx, resend)).toMatchObject({ ok: true, value: { moved: 2, more: 0 } });
  const chosen = {
    campaignId,
    ...ResendInput.parse({ what: "failed", reasons: ["131026"], messageIds: ["7"], note: "x", expiresInHours: 1 }),
  };
  await resendMessages(ctx, chosen);
  expect(written.resends).toEqual([
    { choice: { what: "unknown", reasons: null, messageIds: null }, expiresInMs: hours(72), note: "they never arrived", limit: maxDecided },
    { choice: { what: "failed", reasons: ["131026"], messageIds: [aMessageId(7)] }, expiresInMs: hours(1), note: "x", limit: maxDecided },
  ]);
});

test.each(["queued", "sending", "paused", "sent", "partially_sent", "failed"] as const)(
  "L3: a campaign that is %s takes a resend",
  async (status) => {
    expect((await resendMessages(fakeCtx({ control: aControl({ status }) }).ctx, resend)).ok).toBe(true);
  },
);

test.each([
  aControl({ status: "cancelled", flag: "cancelled" }),
  aControl({ status: "sending", flag: "cancelled" }),
  aControl({ status: "scheduled" }),
  aControl({ status: "draft" }),
])("L3: a campaign that was cancelled, or never began, takes none: %j", async (control) => {
  const { ctx, written } = fakeCtx({ control });
  expect(await resendMessages(ctx, resend)).toEqual({
    ok: false,
    error: { type: "wrong_status", status: control.status, action: "resend" },
  });
  expect(written.resends).toEqual([]);
});

test("whoever may not control, and whoever is not of the workspace, decides nothing", async () => {
  const viewer = fakeCtx({ control: aControl(), allowed: asViewer });
  const foreign = fakeCtx();
  for (const [world, type] of [
    [viewer, "not_allowed"],
    [foreign, "not_found"],
  ] as const) {
    expect(await resendMessages(world.ctx, resend)).toMatchObject({ error: { type } });
    expect(await writeOffMessages(world.ctx, writeOff)).toMatchObject({ error: { type } });
    expect([world.written.resends, world.written.writeOffs]).toEqual([[], []]);
  }
});

test("L3: nothing is decided while results wait unread, and a decision about nothing says so", async () => {
  const unread = fakeCtx({ control: aControl(), decided: { moved: 0, isOverflowUnread: true } }).ctx;
  expect(await resendMessages(unread, resend)).toEqual({ ok: false, error: { type: "overflow_unread" } });
  expect(await writeOffMessages(unread, writeOff)).toEqual({ ok: false, error: { type: "overflow_unread" } });
  const settled = fakeCtx({ control: aControl(), decided: { moved: 0 } }).ctx;
  expect(await resendMessages(settled, resend)).toEqual({ ok: false, error: { type: "nothing_to_decide", what: "unknown" } });
  expect(await writeOffMessages(settled, writeOff)).toEqual({ ok: false, error: { type: "nothing_to_decide", what: "unknown" } });
});

test("L3: more than the operator was told of are refused with both figures; as many or fewer, and what is left for a later call, are not", async () => {
  const told = (expected: number, decided = {}) => resendMessages(fakeCtx({ control: aControl(), decided }).ctx, { ...resend, expected });
  expect(await told(1)).toEqual({ ok: false, error: { type: "resend_grew", what: "unknown", expected: 1, actual: 2 } });
  expect(await told(6999, { moved: 5000, more: 2000 })).toMatchObject({ ok: false, error: { type: "resend_grew", actual: 7000 } });
  for (const expected of [2, 3]) expect((await told(expected)).ok).toBe(true);
  expect(await told(7000, { moved: 5000, more: 2000 })).toMatchObject({ ok: true, value: { moved: 5000, more: 2000 } });
  // an answer may be waiting: the figure is no figure yet
  expect(await told(1, { moved: 0, isOverflowUnread: true })).toMatchObject({ error: { type: "overflow_unread" } });
});

test("a write-off is open at any status: it sends nothing", async () => {
  const { ctx, written } = fakeCtx({ control: aControl({ status: "cancelled", flag: "cancelled" }) });
  expect((await writeOffMessages(ctx, { ...writeOff, messageIds: [aMessageId(3)] })).ok).toBe(true);
  expect(written.writeOffs).toEqual([{ what: "unknown", messageIds: [aMessageId(3)] }]);
  expect((await writeOffMessages(ctx, { ...writeOff, what: "held" })).ok).toBe(true);
  expect(written.writeOffs[1]).toEqual({ what: "held", messageIds: null });
});

test("a decision needs a note: nobody can tell its reason from the rows", () => {
  expect(ResendInput.safeParse({ what: "unknown" }).success).toBe(false);
  expect(WriteOffInput.safeParse({ note: "  " }).success).toBe(false);
  expect(ResendInput.safeParse({ what: "skipped", note: "x" }).success).toBe(false);
  expect(ResendInput.safeParse({ what: "failed", note: "x", messageIds: ["x"] }).success).toBe(false);
});
