import { expect, test } from "vitest";
import type { Judgement } from "./judge.ts";
import { wrongsOf } from "./report.ts";

const verdict = { lost: [], doubled: [], unbalanced: [], afterStop: [], afterOptOut: [], strangers: [], receiptsDiffer: [] };
const judgementOf = (seen: object): Judgement => ({ verdict, standings: [], paces: [], ...seen }) as unknown as Judgement;
const standing = { campaignId: "c", status: "sending", isFinal: false, moving: 50, waiting: 0, unknown: 0 };

test("a campaign that stood still is lost, whatever became of it when it was cancelled afterwards", () => {
  expect(wrongsOf(judgementOf({ standings: [standing] })).map(([name]) => name)).toEqual(["lost"]);
  expect(wrongsOf(judgementOf({ standings: [{ ...standing, moving: 0, waiting: 3 }] }))).toEqual([]);
});

test("more requests in a second than the cap, and receipts that differ, break a trial", () => {
  const paces = [{ capPerSecond: 20, begun: 21, arrived: 20, lateMs: 0 }];
  expect(wrongsOf(judgementOf({ paces })).map(([name]) => name)).toEqual(["overCap"]);
  const finding = { campaignId: "c", messageId: "1", what: "delivered there" };
  expect(wrongsOf(judgementOf({ verdict: { ...verdict, receiptsDiffer: [finding] } }))).toEqual([["receiptsDiffer", finding]]);
});
