import { expect, test } from "vitest";
import { spanOf } from "./span.ts";
import { localAt } from "./zone-moment.ts";

const zone = "Europe/Berlin";
const format = (atMs: number, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone }).format(atMs);
const nowMs = Date.parse("2026-11-21T13:00:00Z");
const span = (from: string, seconds: number) => spanOf({ fromMs: Date.parse(from), seconds, nowMs }, format, (atMs) => localAt(zone, atMs));

test.each([
  ["soon", "2026-11-21T13:05:00Z", 3720, { from: "14:05", to: "15:07", quick: "no" }],
  ["on one day to come", "2026-12-01T08:00:00Z", 3600, { from: "1 Dec 2026, 09:00", to: "10:00", quick: "no" }],
  ["over midnight", "2026-12-01T22:30:00Z", 3600, { from: "1 Dec 2026, 23:30", to: "2 Dec 2026, 00:30", quick: "no" }],
  ["in a moment", "2026-11-21T13:05:00Z", 52, { from: "14:05", to: "14:05", quick: "yes" }],
])("a span is said shortly, and not too shortly: %s", (_case, from, seconds, words) => {
  expect(span(from, seconds)).toEqual(words);
});
