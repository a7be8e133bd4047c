import { hours, minutes, seconds } from "@herald/kernel";
import { expect, test } from "vitest";
import { noMessages } from "../ledger/message-state.ts";
import { aPace } from "../testing/pace.ts";
import { attentionOf } from "./attention.ts";

const nowMs = Date.UTC(2026, 0, 5, 12);
type Judged = Parameters<typeof attentionOf>[1];
const aLine = (change: Partial<Judged> = {}): Judged => ({
  status: "sending",
  flag: "running",
  pauseReasons: [],
  counts: noMessages,
  blocks: [],
  unknownSinceMs: null,
  heldSinceMs: null,
  scheduledAtMs: null,
  startedAtMs: nowMs - minutes(5),
  sending: { ...aPace(), otherWeight: 0, measuredPerSecond: null, unbegun: [], lastGrantAtMs: nowMs },
  ...change,
});
const block = { blockId: "1", scope: "waba", class: "WABA", code: "131042" };
const { sending } = aLine();
if (sending === null) throw new Error("it sends");

test("a campaign that goes well needs nobody", () => {
  expect(attentionOf(nowMs, aLine())).toEqual([]);
});

test.each<[string, Partial<Judged>, readonly string[]]>([
  ["no grant came for 30 s", { sending: { ...sending, lastGrantAtMs: nowMs - seconds(30) } }, ["stalled"]],
  ["Meta refuses its account while others wait for nothing", { blocks: [block] }, ["blocked"]],
  ["it is being stopped for good: a block does not matter any more", { blocks: [block], flag: "cancelled" }, []],
  ["an operator paused it", { status: "paused", flag: "paused", pauseReasons: ["operator"], sending: null }, []],
  [
    "its template changed as well",
    { status: "paused", flag: "paused", pauseReasons: ["operator", "template_changed"], sending: null },
    ["template_changed"],
  ],
  [
    "its template changed before its time",
    { status: "scheduled", flag: "paused", pauseReasons: ["template_changed"], scheduledAtMs: nowMs + 1, sending: null },
    ["template_changed"],
  ],
  [
    "it missed its start and asks",
    { status: "paused", flag: "paused", pauseReasons: ["schedule_missed"], sending: null },
    ["schedule_missed"],
  ],
  [
    "it missed its start and was left out, as it was told",
    { status: "cancelled", flag: "cancelled", pauseReasons: ["schedule_missed"], sending: null },
    [],
  ],
  ["nobody kept its start", { status: "scheduled", scheduledAtMs: nowMs - seconds(31), sending: null }, ["schedule_missed"]],
  ["its start is a moment ago", { status: "scheduled", scheduledAtMs: nowMs - seconds(30), sending: null }, []],
  ["unknown for two minutes", { counts: { ...noMessages, unknown: 3 }, unknownSinceMs: nowMs - minutes(2) }, []],
  ["unknown for longer", { counts: { ...noMessages, unknown: 3 }, unknownSinceMs: nowMs - minutes(2) - 1 }, ["unknown"]],
  ["unknown when it ended", { status: "partially_sent", counts: { ...noMessages, unknown: 3 }, sending: null }, ["unknown"]],
  ["held for a day", { counts: { ...noMessages, held: 1 }, heldSinceMs: nowMs - hours(24) }, []],
  ["held for longer", { counts: { ...noMessages, held: 1 }, heldSinceMs: nowMs - hours(24) - 1 }, ["held"]],
  ["several things at once", { blocks: [block], counts: { ...noMessages, unknown: 1 }, unknownSinceMs: 0 }, ["blocked", "unknown"]],
])("%s", (_what, change, causes) => {
  expect(attentionOf(nowMs, aLine(change))).toEqual(causes);
});
