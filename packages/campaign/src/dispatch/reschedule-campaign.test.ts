import { expectOk, hours } from "@herald/kernel";
import { expect, test } from "vitest";
import type { Campaign } from "../freeze/campaigns.ts";
import { campaignStatuses } from "../ledger/campaign-status.ts";
import { aCampaign, asViewer, type FakeWorld, fakeCtx, nowMs } from "../testing/fake-ctx.ts";
import { aCampaignId } from "../testing/ids.ts";
import type { ControlFlag } from "./controls.ts";
import { RescheduleInput, rescheduleCampaign } from "./reschedule-campaign.ts";

const campaignId = aCampaignId();
const scheduledAtMs = nowMs + hours(5);

function worldOf(change: Partial<Campaign> = {}, flag: ControlFlag = "running"): FakeWorld {
  const campaign = aCampaign({ status: "scheduled", scheduledAtMs, expiresAtMs: scheduledAtMs + hours(72), latePolicy: "ask", ...change });
  const control = { campaignId, flag, status: campaign.status, controlSeq: 3 };
  return { campaign, control };
}
const move = (world: FakeWorld, input: unknown) => {
  const { ctx, written } = fakeCtx(world);
  return rescheduleCampaign(ctx, { campaignId, ...RescheduleInput.parse(input) }).then((answer) => ({ answer, written }));
};

test("a start is moved with its zone, the time to expire moves along, and the late policy stays unless it is named", async () => {
  const schedule = { local: "2026-01-10T09:00", zone: "Europe/Berlin" };
  const { answer, written } = await move(worldOf(), { schedule, note: "the shop opens later" });
  const atMs = Date.parse("2026-01-10T08:00:00Z");
  expect(written.moves).toEqual([
    {
      scheduledAtMs: atMs,
      scheduleZone: "Europe/Berlin",
      latePolicy: "ask",
      expiresAtMs: atMs + hours(72),
      isNow: false,
      status: "scheduled",
      note: "the shop opens later",
    },
  ]);
  expect(answer).toMatchObject({
    ok: true,
    value: { status: "scheduled", controlSeq: 4, expiresAtMs: atMs + hours(72), schedule: { atMs, zone: "Europe/Berlin", adjusted: null } },
  });
  expect((await move(worldOf(), { schedule, ifLate: "skip" })).written.moves).toMatchObject([{ latePolicy: "skip" }]);
});

test("now means now: the campaign goes to the queue, also when its time was missed already", async () => {
  for (const earlierMs of [scheduledAtMs, nowMs - hours(1)]) {
    const { answer, written } = await move(worldOf({ scheduledAtMs: earlierMs, expiresAtMs: earlierMs + hours(10) }), { now: true });
    expect(expectOk(answer, "now")).toMatchObject({ status: "queued", controlSeq: 4, schedule: { atMs: nowMs, zone: null } });
    expect(written.moves).toMatchObject([{ scheduledAtMs: nowMs, scheduleZone: null, isNow: true, expiresAtMs: nowMs + hours(10) }]);
  }
});

test.each(campaignStatuses.filter((status) => status !== "scheduled"))("a campaign that is %s has no start to move", async (status) => {
  const { answer, written } = await move(worldOf({ status }), { now: true });
  expect(answer).toEqual({ ok: false, error: { type: "wrong_status", status, action: "schedule" } });
  expect(written.moves).toEqual([]);
});

test("one that was paused before its time is moved and stays paused; told to start now, it waits for its resume", async () => {
  const later = await move(worldOf({}, "paused"), { schedule: { at: "2026-01-10T09:00:00Z" } });
  expect(later.answer).toMatchObject({ ok: true, value: { flag: "paused", status: "scheduled" } });
  const now = await move(worldOf({}, "paused"), { now: true });
  expect(now.answer).toMatchObject({ ok: true, value: { flag: "paused", status: "paused", schedule: { atMs: nowMs } } });
});

test("neither has one that is being cancelled", async () => {
  expect((await move(worldOf({}, "cancelled"), { now: true })).answer).toMatchObject({ error: { type: "wrong_status" } });
});

test("a time that has passed, and an unknown zone, move nothing", async () => {
  for (const schedule of [{ at: "2020-01-01T00:00:00Z" }, { local: "2026-01-10T09:00", zone: "Nowhere" }]) {
    const { answer, written } = await move(worldOf(), { schedule });
    expect(answer.ok).toBe(false);
    expect(written.moves).toEqual([]);
  }
});

test("a viewer may not, and a campaign of another workspace is not found", async () => {
  const viewer = await move({ ...worldOf(), allowed: asViewer }, { now: true });
  expect(viewer.answer).toEqual({ ok: false, error: { type: "not_allowed", action: "campaign.control" } });
  const { ctx } = fakeCtx(worldOf());
  const foreign = await rescheduleCampaign(ctx, { campaignId: aCampaignId(2), now: true });
  expect(foreign).toEqual({ ok: false, error: { type: "not_found", resource: "campaign" } });
});

test.each([[{}], [{ now: false }], [{ now: true, schedule: { at: "2026-01-10T09:00:00Z" } }], [{ at: "2026-01-10T09:00:00Z" }]])(
  "an order that is neither a time nor now, or both, is refused: %j",
  (input) => expect(RescheduleInput.safeParse(input).success).toBe(false),
);
