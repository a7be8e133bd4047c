import { expect, test } from "vitest";
import { type CampaignStatus, campaignStatuses, canMove, finalStatus, isFinal, isPausable } from "./campaign-status.ts";
import { type BucketCounts, noMessages } from "./message-state.ts";

const finals = campaignStatuses.filter(isFinal);
const targetsOf = (from: CampaignStatus) => campaignStatuses.filter((to) => canMove(from, to));
const counts = (change: Partial<BucketCounts>): BucketCounts => ({ ...noMessages, ...change });

test("every status is in the table of transitions, and none leads to itself", () => {
  for (const status of campaignStatuses) expect(targetsOf(status)).not.toContain(status);
});

test("a final campaign is only ever lifted, by an unknown message that settled late, or opened again by a resend; a cancelled one never", () => {
  expect(Object.fromEntries(finals.map((status) => [status, targetsOf(status)]))).toEqual({
    sent: ["queued"],
    partially_sent: ["queued", "sent"],
    failed: ["queued", "sent", "partially_sent"],
    cancelled: [],
  });
});

test("every campaign that is not final can be cancelled, and can come to an end", () => {
  for (const status of campaignStatuses.filter((one) => !isFinal(one))) {
    expect(canMove(status, "cancelled"), status).toBe(true);
    const reached = new Set<CampaignStatus>([status]);
    for (const from of reached) for (const to of targetsOf(from)) reached.add(to);
    expect(reached, status).toContain("sent");
  }
});

test("what sends or could send can be paused, and a paused campaign can go on", () => {
  expect(campaignStatuses.filter(isPausable)).toEqual(["queued", "sending", "paused"]);
  expect(targetsOf("paused")).toContain("queued");
  expect(canMove("draft", "sending")).toBe(false);
});

test("a scheduled campaign is not paused by a person, but waits paused when it missed its time and asks", () => {
  expect(isPausable("scheduled")).toBe(false);
  expect(targetsOf("scheduled")).toEqual(["draft", "queued", "paused", "cancelled"]);
});

test.each<[string, Partial<BucketCounts>, CampaignStatus]>([
  ["all accepted", { accepted: 3 }, "sent"],
  ["accepted, whatever came back since", { accepted: 1, sent: 1, delivered: 1, read: 1, undelivered: 1 }, "sent"],
  ["skipped people do not count against it", { delivered: 1, skipped: 99 }, "sent"],
  ["one failed", { delivered: 9, failed: 1 }, "partially_sent"],
  ["one unknown among accepted", { delivered: 9, unknown: 1 }, "partially_sent"],
  ["one held among accepted", { delivered: 9, held: 1 }, "partially_sent"],
  ["only unknown: they may have been sent", { unknown: 5 }, "partially_sent"],
  ["failed and unknown", { failed: 5, unknown: 1 }, "partially_sent"],
  ["only held", { held: 2 }, "partially_sent"],
  ["all failed", { failed: 5 }, "failed"],
  ["failed and skipped", { failed: 5, skipped: 5 }, "failed"],
  ["only skipped, since all opted out between launch and send: nobody was sent anything", { skipped: 5 }, "failed"],
  ["one accepted among skipped", { accepted: 1, skipped: 5 }, "sent"],
  ["undelivered only: the provider accepted them", { undelivered: 2 }, "sent"],
])("the end of a campaign: %s", (_case, change, expected) => {
  expect(finalStatus(counts(change))).toBe(expected);
});
