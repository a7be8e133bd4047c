import { expect, test } from "vitest";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";
import { figuresOf, furtherNeeds, isOver, standingOf } from "./standing.ts";

const noCounts = {
  queued: 0,
  dispatching: 0,
  deferred: 0,
  unknown: 0,
  held: 0,
  skipped: 0,
  failed: 0,
  accepted: 0,
  sent: 0,
  delivered: 0,
  read: 0,
  undelivered: 0,
};
const aRow = (change: Partial<CampaignRow> = {}): CampaignRow => ({
  campaignId: "00000000-0000-4000-8000-000000000001",
  name: "Spring sale",
  kind: "bulk",
  status: "sending",
  isStopping: false,
  planned: 0,
  counts: noCounts,
  replied: 0,
  pauseReasons: [],
  stop: null,
  createdAt: "2026-11-21T10:00:00.000Z",
  scheduledAt: null,
  scheduleZone: null,
  startedAt: null,
  finishedAt: null,
  sender: { senderId: "00000000-0000-4000-8000-000000000002", displayNumber: "+1 650 555 0100", verifiedName: "Lucky Shrub" },
  template: { templateId: "00000000-0000-4000-8000-000000000003", name: "spring_sale", language: "en_US" },
  blocks: [],
  stalled: null,
  killedBy: null,
  restUntil: null,
  attention: [],
  perSecond: null,
  capPerSecond: null,
  endsAt: null,
  ...change,
});

test.each([
  [{ status: "queued" }, "starting"],
  [{ status: "sending" }, "sending"],
  [{ status: "sending", stalled: "killed" }, "stalled"],
  [{ status: "sending", stalled: "killed", isStopping: true }, "stopping"],
  [{ status: "scheduled" }, "scheduled"],
  [{ status: "scheduled", pauseReasons: ["template_changed"] }, "paused"],
  [{ status: "paused", pauseReasons: ["operator"] }, "paused"],
  [{ status: "sent" }, "completed"],
  [{ status: "partially_sent" }, "partlySent"],
  [{ status: "failed" }, "failed"],
  [{ status: "cancelled" }, "cancelled"],
] as const)("a campaign stands where an operator would say it does: %j is %s", (change, word) => {
  expect(standingOf(aRow(change as Partial<CampaignRow>)).word).toBe(word);
});

test("the balance of the live page gives the same progress: what neither waits nor is left for later is done", () => {
  const row = aRow({
    planned: 4812,
    counts: {
      ...noCounts,
      queued: 1196,
      dispatching: 14,
      deferred: 412,
      unknown: 3,
      skipped: 188,
      failed: 39,
      accepted: 960,
      delivered: 1500,
      read: 500,
    },
  });
  expect(figuresOf(row)).toMatchObject({
    done: 3204,
    left: 1608,
    later: 412,
    accepted: 2960,
    deliveredShare: 2000 / 2960,
    readShare: 500 / 2960,
  });
});

test("shares of nothing are not told", () => {
  expect(figuresOf(aRow({ planned: 3, counts: { ...noCounts, skipped: 3 } }))).toMatchObject({
    deliveredShare: null,
    readShare: null,
    repliedShare: null,
  });
});

test("a need that the status tells already is not told twice", () => {
  expect(furtherNeeds(aRow({ stalled: "blocked", attention: ["stalled", "blocked", "unknown"] }))).toEqual(["unknown"]);
  expect(furtherNeeds(aRow({ status: "paused", attention: ["blocked", "template_changed", "held"] }))).toEqual(["blocked", "held"]);
  expect(isOver(aRow({ status: "partially_sent" }))).toBe(true);
});
