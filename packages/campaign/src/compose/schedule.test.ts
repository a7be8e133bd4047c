import { days, expectOk, minutes } from "@herald/kernel";
import { expect, test } from "vitest";
import { type ScheduledStart, ScheduleInput, startOf } from "./schedule.ts";

const nowMs = Date.parse("2026-03-01T00:00:00Z");
const at = (iso: string): number => Date.parse(iso);
const planned = (input: unknown, atNowMs = nowMs): ScheduledStart => expectOk(startOf(ScheduleInput.parse(input), atNowMs), "a start");
const issueOf = (input: unknown) => startOf(ScheduleInput.parse(input), nowMs);

test("an instant with its offset is kept as it is, in no zone", () => {
  expect(planned({ at: "2026-03-05T09:00:00+01:00" })).toEqual({
    atMs: at("2026-03-05T08:00:00Z"),
    zone: null,
    local: null,
    adjusted: null,
  });
});

test.each([
  ["Europe/Berlin", "2026-03-05T09:00", "2026-03-05T08:00:00Z"],
  ["Asia/Kolkata", "2026-03-05T09:00", "2026-03-05T03:30:00Z"],
  ["America/Sao_Paulo", "2026-03-05T09:00:30", "2026-03-05T12:00:30Z"],
  ["Australia/Lord_Howe", "2026-05-05T09:00", "2026-05-04T22:30:00Z"],
  ["UTC", "2026-03-05T09:00", "2026-03-05T09:00:00Z"],
])("a local time is taken in its zone: %s", (zone, local, instant) => {
  expect(planned({ local, zone })).toEqual({ atMs: at(instant), zone, local: local.padEnd(19, ":00"), adjusted: null });
});

test.each([
  // Berlin: 02:00 to 03:00 does not exist on 29 March 2026; New York: 8 March; Lord Howe goes forward by half an hour on 4 October
  ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30:00", "2026-03-29T01:30:00Z"],
  ["America/New_York", "2026-03-08T02:00", "2026-03-08T03:00:00", "2026-03-08T07:00:00Z"],
])("a local time that the clocks jump over moves forward by the gap, and says so: %s", (zone, local, meant, instant) => {
  expect(planned({ local, zone })).toEqual({ atMs: at(instant), zone, local: meant, adjusted: "skipped_by_clock_change" });
});

test.each([
  ["2027-03-14T02:30", "2027-03-14T03:30:00", "2027-03-14T07:30:00Z", "skipped_by_clock_change"],
  ["2027-11-07T01:30", "2027-11-07T01:30:00", "2027-11-07T05:30:00Z", "earlier_of_two"],
])("New York's %s of the coming year is told as what it means", (local, meant, instant, adjusted) => {
  const start = planned({ local, zone: "America/New_York" }, at(instant) - days(30));
  expect(start).toEqual({ atMs: at(instant), zone: "America/New_York", local: meant, adjusted });
});

test("a gap of half an hour moves by half an hour", () => {
  const lordHowe = planned({ local: "2026-10-04T02:15", zone: "Australia/Lord_Howe" }, at("2026-09-01T00:00:00Z"));
  expect(lordHowe).toMatchObject({ local: "2026-10-04T02:45:00", adjusted: "skipped_by_clock_change" });
});

test("a local time that comes twice takes the earlier one, and says so", () => {
  const autumn = at("2026-09-01T00:00:00Z");
  expect(planned({ local: "2026-10-25T02:30", zone: "Europe/Berlin" }, autumn)).toEqual({
    atMs: at("2026-10-25T00:30:00Z"),
    zone: "Europe/Berlin",
    local: "2026-10-25T02:30:00",
    adjusted: "earlier_of_two",
  });
});

test("a zone is known whatever its case, and stored as it is written", () => {
  expect(planned({ local: "2026-03-05T09:00", zone: "europe/berlin" }).zone).toBe("Europe/Berlin");
});

test.each([
  ["Berlin", "Europe/Berlin"],
  ["Kolkata", "Asia/Kolkata"],
  ["America/Sao Paulo", "America/Sao_Paulo"],
  ["Mars/Olympus", "Europe/Berlin"],
  ["+02:00", "`at`"],
])("an unknown zone is refused with a hint: %s", (zone, hint) => {
  expect(issueOf({ local: "2026-03-05T09:00", zone })).toMatchObject({
    ok: false,
    error: { type: "invalid_input", issues: [{ path: "schedule.zone", cure: expect.stringContaining(hint) }] },
  });
});

test.each([["2026-02-30T09:00"], ["2026-03-05"], ["2026-03-05T25:00"], ["2026-03-05T09:00Z"], ["2026-03-05T09:00+01:00"], ["tomorrow"]])(
  "what is not a local date and time is refused: %s",
  (local) => expect(ScheduleInput.safeParse({ local, zone: "Europe/Berlin" }).success).toBe(false),
);

test.each([
  [{}],
  [{ at: "2026-03-05T09:00:00" }],
  [{ local: "2026-03-05T09:00" }],
  [{ at: "2026-03-05T09:00:00Z", zone: "UTC" }],
  [{ now: true }],
])("a schedule is an instant, or a local time with its zone: %j", (input) => expect(ScheduleInput.safeParse(input).success).toBe(false));

test("a time that has passed is refused, and so is one too far ahead", () => {
  expect(issueOf({ at: new Date(nowMs).toISOString() })).toEqual({
    ok: false,
    error: { type: "time_passed", scheduledAt: "2026-03-01T00:00:00.000Z" },
  });
  expect(issueOf({ local: "2026-02-28T23:59", zone: "UTC" })).toMatchObject({ ok: false, error: { type: "time_passed" } });
  expect(issueOf({ local: "2026-02-28T23:59", zone: "Europe/Berlin" }), "in the words of who asked").toMatchObject({
    error: { scheduledAt: "2026-02-28T23:59:00 in Europe/Berlin (2026-02-28T22:59:00.000Z)" },
  });
  expect(planned({ at: new Date(nowMs + days(90)).toISOString() }).atMs).toBe(nowMs + days(90));
  expect(issueOf({ at: new Date(nowMs + days(90) + minutes(1)).toISOString() })).toMatchObject({
    ok: false,
    error: { type: "invalid_input", issues: [{ path: "schedule" }] },
  });
});
