import { startOf } from "@herald/campaign";
import { expect, test } from "vitest";
import { localAt, momentIn } from "./zone-moment.ts";

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Mexico_City",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
];
const localOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

test("every half hour around a change of clocks means what the domain says it means", () => {
  const changes = [
    "2026-03-08T00:00Z",
    "2026-03-29T00:00Z",
    "2026-04-05T00:00Z",
    "2026-10-04T00:00Z",
    "2026-10-25T00:00Z",
    "2026-11-01T00:00Z",
    "2027-03-14T00:00Z",
    "2027-11-07T00:00Z",
  ];
  for (const change of changes) {
    const nowMs = Date.parse(change) - 5 * 86_400_000;
    for (const zone of zones) {
      for (let half = -24; half < 96; half += 1) {
        const local = localOf(Date.parse(change) + half * 1_800_000);
        const start = startOf({ local, zone }, nowMs);
        const { atMs, adjusted } = momentIn(zone, local) ?? {};
        expect(start.ok && { atMs: start.value.atMs, adjusted: start.value.adjusted }, `${local} in ${zone}`).toEqual({ atMs, adjusted });
      }
    }
  }
});

test("a time that the clocks skip is moved, and says to when", () => {
  expect(momentIn("Europe/Berlin", "2026-03-29T02:30")).toEqual({
    atMs: Date.parse("2026-03-29T03:30:00+02:00"),
    local: "2026-03-29T03:30",
    adjusted: "skipped_by_clock_change",
  });
});

test.each([
  ["2026-03-08T02:30", "2026-03-08T03:30:00-04:00"],
  ["2027-03-14T02:00", "2027-03-14T03:00:00-04:00"],
  ["2027-03-14T02:59", "2027-03-14T03:59:00-04:00"],
])("New York has no %s: it is %s", (local, instant) => {
  expect(momentIn("America/New_York", local)).toEqual({
    atMs: Date.parse(instant),
    local: instant.slice(0, 16),
    adjusted: "skipped_by_clock_change",
  });
});

test.each([
  ["2027-03-14T01:59", "2027-03-14T01:59:00-05:00"],
  ["2027-03-14T03:00", "2027-03-14T03:00:00-04:00"],
  ["2027-11-07T00:59", "2027-11-07T00:59:00-04:00"],
  ["2027-11-07T02:00", "2027-11-07T02:00:00-05:00"],
])("just beside a change New York's %s is what it says", (local, instant) => {
  expect(momentIn("America/New_York", local)).toEqual({ atMs: Date.parse(instant), local, adjusted: null });
});

test("a time that a script named with its seconds is one", () => {
  expect(momentIn("Europe/Berlin", "2026-12-01T09:00:30")).toEqual({
    atMs: Date.parse("2026-12-01T09:00:30+01:00"),
    local: "2026-12-01T09:00",
    adjusted: null,
  });
});

test("of a time that comes twice the earlier is taken, and it is said", () => {
  expect(momentIn("America/New_York", "2026-11-01T01:30")).toEqual({
    atMs: Date.parse("2026-11-01T01:30:00-04:00"),
    local: "2026-11-01T01:30",
    adjusted: "earlier_of_two",
  });
});

test.each([
  ["Europe/Berlin", "2026-02-30T09:00"],
  ["Europe/Berlin", "2026-02-20"],
  ["Europe/Berlin", ""],
  ["Mars/Base", "2026-02-20T09:00"],
  ["+02:00", "2026-02-20T09:00"],
])("no moment: %s %s", (zone, local) => {
  expect(momentIn(zone, local)).toBeNull();
});

test("an instant is shown as the clock there shows it", () => {
  expect(localAt("Asia/Kathmandu", Date.UTC(2026, 0, 5, 12))).toBe("2026-01-05T17:45");
});
