import { expect, test } from "vitest";
import type { Judgement } from "./judge.ts";
import { totalsOf, wrongsOf } from "./report.ts";

const verdict = {
  lost: [],
  doubled: [],
  unbalanced: [],
  lateBegins: [],
  afterStop: [],
  afterOptOut: [],
  strangers: [],
  receiptsDiffer: [],
};
const judgementOf = (seen: object): Judgement => ({ verdict, standings: [], paces: [], ...seen }) as unknown as Judgement;
const standing = { campaignId: "c", status: "sending", isFinal: false, moving: 50, waiting: 0, unknown: 0 };

test("a campaign that stood still is lost, whatever became of it when it was cancelled afterwards", () => {
  expect(wrongsOf(judgementOf({ standings: [standing] })).map(([name]) => name)).toEqual(["lost"]);
  expect(wrongsOf(judgementOf({ standings: [{ ...standing, moving: 0, waiting: 3 }] }))).toEqual([]);
});

test("more requests in a second than the cap, and receipts that differ, break a trial", () => {
  const paces = [{ capPerSecond: 20, begun: 21, arrived: 20, seenLateMs: 0 }];
  expect(wrongsOf(judgementOf({ paces })).map(([name]) => name)).toEqual(["overCap"]);
  const finding = { campaignId: "c", messageId: "1", what: "delivered there" };
  expect(wrongsOf(judgementOf({ verdict: { ...verdict, receiptsDiffer: [finding] } }))).toEqual([["receiptsDiffer", finding]]);
});

test("a trial that never came to its verdict is a failed one", () => {
  expect(totalsOf([], [17])).toMatchObject({ trials: 1, failedTrials: [17] });
});

test("a request that began after its send_by breaks a trial", () => {
  const finding = { campaignId: "c", messageId: "1", what: "late" };
  expect(wrongsOf(judgementOf({ verdict: { ...verdict, lateBegins: [finding] } }))).toEqual([["lateBegins", finding]]);
});
