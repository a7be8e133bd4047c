import { expect, test } from "vitest";
import { evidenceOf } from "./evidence.ts";
import { momentOf } from "./moment.ts";
import { needsOf, urgentOf } from "./needs.ts";
import type { Report } from "./report.ts";
import { speedOf } from "./speed.ts";
import { controlsOf, standingOf, timeLeftOf, withSaid } from "./standing.ts";
import { aReport } from "./testing/a-report.ts";

const paused = { flag: "paused", controlSeq: 1, last: null } as const;

test("one word says where a campaign stands; a stall and a stop for good are told before the status", () => {
  const word = (report: Partial<Report>) => standingOf(aReport(report)).word;
  expect(word({})).toBe("sending");
  expect(word({ stalled: "blocked" })).toBe("stalled");
  expect(word({ stalled: "blocked", control: { flag: "cancelled", controlSeq: 2, last: null } })).toBe("stopping");
  expect(word({ campaign: { ...aReport().campaign, status: "scheduled" }, control: paused })).toBe("paused");
  expect(word({ campaign: { ...aReport().campaign, status: "cancelled" }, control: { ...paused, flag: "cancelled" } })).toBe("cancelled");
});

test("the time left is that of the measured pace, and none is made up", () => {
  const left = (report: Partial<Report>) => timeLeftOf(aReport(report));
  expect(left({ measured: { perSecond: 10, overMs: 30_000 } })).toEqual({ kind: "minutes", minutes: 2 });
  expect(left({ measured: { perSecond: 100, overMs: 30_000 } })).toEqual({ kind: "moment" });
  expect(left({ measured: null })).toEqual({ kind: "unknown" });
  expect(left({ measured: { perSecond: 0, overMs: 30_000 } })).toEqual({ kind: "unknown" });
  for (const still of [
    { control: paused },
    { stalled: "resting" as const },
    { campaign: { ...aReport().campaign, status: "sent" as const } },
  ])
    expect(left({ measured: { perSecond: 10, overMs: 30_000 }, ...still })).toEqual({ kind: "none" });
});

test("only what the state allows can be done", () => {
  const allowed = (status: Report["campaign"]["status"], flag: Report["control"]["flag"] = "running") =>
    Object.entries(controlsOf(aReport({ campaign: { ...aReport().campaign, status }, control: { flag, controlSeq: 1, last: null } })))
      .filter(([, is]) => is)
      .map(([control]) => control);
  expect(allowed("sending")).toEqual(["pause", "speed", "stop"]);
  expect(allowed("queued")).toEqual(["pause", "speed", "stop"]);
  expect(allowed("paused", "paused")).toEqual(["resume", "speed", "stop"]);
  expect(allowed("scheduled")).toEqual(["speed", "stop", "reschedule"]);
  expect(allowed("scheduled", "paused")).toEqual(["resume", "speed", "stop", "reschedule"]);
  expect(allowed("sending", "cancelled")).toEqual([]);
  for (const status of ["sent", "partially_sent", "failed", "cancelled"] as const) expect(allowed(status)).toEqual([]);
});

test("what was just done is shown until an answer of the server knows it, and no older answer takes it back", () => {
  const said = { atMs: 5000, controlSeq: 2, change: (report: Report): Report => ({ ...report, control: { ...paused, controlSeq: 2 } }) };
  expect(withSaid(aReport(), 9000, said).control.flag).toBe("paused");
  const resumed = aReport({ control: { flag: "running", controlSeq: 3, last: null } });
  expect(withSaid(resumed, 9000, said).control.flag).toBe("running");
  const cured = { ...said, controlSeq: null };
  expect(withSaid(aReport(), 4000, cured).control.flag).toBe("paused");
  expect(withSaid(aReport(), 6000, cured).control.flag).toBe("running");
});

test("what needs somebody comes in order, each thing once, and what passes by itself is not urgent", () => {
  const block = { blockId: "7", scope: "template", class: "TEMPLATE", code: "132015", detail: "paused", since: "2026-01-05T12:00:00.000Z" };
  const wait = {
    class: "TEMPLATE",
    code: "132015",
    reason: "TEMPLATE",
    count: 12,
    earliestAt: null,
    latestAt: null,
    blockId: "7",
    cure: "mend_template",
    sentence: "12 wait.",
  } as const;
  const evidence = {
    count: 3,
    oldestAt: "2026-01-05T12:00:00.000Z",
    comparedWith: 2000,
    within2MinShare: 0.997,
    medianFirstReceiptMs: 2100,
    isOverflowRead: true,
  };
  const needs = needsOf(aReport({ stalled: "blocked", blocks: [block], deferred: [wait], unknown: evidence }));
  expect(needs.map(({ kind }) => kind)).toEqual(["block", "unknown", "wait"]);
  expect(needs[0]).toMatchObject({ cure: "mend_template", waiting: 12 });
  expect(urgentOf(needs)).toBe(2);
  expect(needsOf(aReport({ stalled: "resting" }))).toEqual([{ kind: "stalled", stall: "resting" }]);
  expect(needsOf(aReport({ stalled: "killed", pace: { ...aReport().pace, killedBy: "number" } }))).toEqual([
    { kind: "killed", by: "number" },
  ]);
  const over = aReport({
    campaign: { ...aReport().campaign, status: "sent", pauseReasons: ["operator"] },
    pace: { ...aReport().pace, killedBy: "number" },
  });
  expect(needsOf(over)).toEqual([]);
});

test("silence says something only where the others were not silent", () => {
  const of = (within2MinShare: number | null, comparedWith = 2000) =>
    evidenceOf({ count: 1, oldestAt: "", comparedWith, within2MinShare, medianFirstReceiptMs: 2100, isOverflowRead: true }).kind;
  expect([of(0.997), of(0.5), of(null), of(1, 0)]).toEqual(["compared", "comparedLittle", "nothing", "nothing"]);
});

test("a speed is what the door takes, and a wrong field is named", () => {
  expect(speedOf({ ceiling: "", weight: "1" })).toEqual({ ok: true, value: { maxPerSecond: null, weight: 1 } });
  expect(speedOf({ ceiling: " 12,5 ", weight: "2" })).toEqual({ ok: true, value: { maxPerSecond: 12.5, weight: 2 } });
  expect(speedOf({ ceiling: "0", weight: "11" })).toEqual({ ok: false, error: ["ceiling", "weight"] });
  expect(speedOf({ ceiling: "fast", weight: "1" })).toEqual({ ok: false, error: ["ceiling"] });
});

test("a start is shown as the wall clock of its zone has it", () => {
  expect(momentOf("2026-07-01T12:30:00.000Z", "America/Mexico_City")).toEqual({
    date: "2026-07-01",
    time: "06:30",
    zone: "America/Mexico_City",
  });
  expect(momentOf(null, "UTC")).toEqual({ date: "", time: "", zone: "UTC" });
});
