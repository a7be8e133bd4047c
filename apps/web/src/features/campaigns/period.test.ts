import { expect, test } from "vitest";
import { spanOf, startOfDay } from "./period.ts";

const iso = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());
const now = Date.parse("2026-11-21T23:30:00Z");

test("a period is of the reader's calendar: late in the evening of London it is tomorrow in Tokyo", () => {
  const today = (zone: string) => iso(spanOf({ period: "today", from: null, to: null }, zone, now).fromMs);
  expect(today("Europe/London")).toBe("2026-11-21T00:00:00.000Z");
  expect(today("Asia/Tokyo")).toBe("2026-11-21T15:00:00.000Z");
  expect(today("America/Mexico_City")).toBe("2026-11-21T06:00:00.000Z");
});

test("seven days and the month begin at midnight there, also where the offset was another one then", () => {
  const of = (period: "week" | "month") => iso(spanOf({ period, from: null, to: null }, "America/New_York", now).fromMs);
  expect(of("week")).toBe("2026-11-15T05:00:00.000Z");
  // daylight saving ended on the 1st at two o'clock
  expect(of("month")).toBe("2026-11-01T04:00:00.000Z");
});

test("a range includes both of its days; a day that does not exist bounds nothing", () => {
  const range = (from: string | null, to: string | null) => {
    const { fromMs, toMs } = spanOf({ period: "range", from, to }, "Europe/Berlin", now);
    return [iso(fromMs), iso(toMs)];
  };
  expect(range("2026-03-28", "2026-03-29")).toEqual(["2026-03-27T23:00:00.000Z", "2026-03-29T22:00:00.000Z"]);
  expect(range("2026-02-31", null)).toEqual([null, null]);
});

test("where midnight is skipped by a clock change, the day begins with its first moment", () => {
  // Chile: clocks go from 23:59:59 on 5 September to 01:00 on the 6th
  expect(iso(startOfDay("2026-09-06", "America/Santiago"))).toBe("2026-09-06T04:00:00.000Z");
});
