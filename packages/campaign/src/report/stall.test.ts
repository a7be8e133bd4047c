import { seconds } from "@herald/kernel";
import { expect, test } from "vitest";
import { noMessages } from "../ledger/message-state.ts";
import { aPace } from "../testing/pace.ts";
import { stallOf } from "./stall.ts";

const nowMs = Date.UTC(2026, 0, 5, 12);
const longAgoMs = nowMs - seconds(30);
const block = { blockId: "1", scope: "number", class: "NUMBER", code: null, detail: "", sinceMs: longAgoMs };
type Given = Partial<Parameters<typeof stallOf>[1]>;
const stalled = (given: Given, lastGrantAtMs: number | null = longAgoMs) =>
  stallOf(
    nowMs,
    {
      campaign: { status: "sending", startedAtMs: longAgoMs },
      ledger: { counts: noMessages },
      causes: [],
      blocks: [],
      pace: aPace(),
      ...given,
    },
    lastGrantAtMs,
  );

test.each([
  ["the number rests", { restUntilMs: nowMs + 1 }, "resting"],
  ["its rest is over", { restUntilMs: nowMs }, "no_sender_running"],
  ["every place of the portfolio is taken", { portfolio: { limit: 1000, reserved: 1000 } }, "portfolio_limit"],
  ["a place is left", { portfolio: { limit: 1000, reserved: 999 } }, "no_sender_running"],
  ["an opt-out may wait in the inbox", { isMarketing: true, isInboxBehind: true }, "inbox_behind"],
  ["an opt-out does not stop what is no marketing", { isMarketing: false, isInboxBehind: true }, "no_sender_running"],
] as const)("a stall is named after 30 s without a grant: %s", (_case, pace, expected) => {
  expect(stalled({ pace: aPace(pace) })).toBe(expected);
  expect(stalled({ pace: aPace(pace) }, nowMs), "grants come").toBeNull();
});

test.each([
  ["no_connection", "provider_unreachable"],
  ["not_prepared", "not_prepared"],
] as const)("requests that cannot be made are told at once, and why: %s", (reason, expected) => {
  const causes = [{ class: reason, code: null, state: "queued", count: 9 }] as const;
  expect(stalled({ causes }, nowMs)).toBe(expected);
});

test.each(["deployment", "workspace", "number"] as const)("a kill switch of the %s is told at once, while something is due", (killedBy) => {
  expect(stalled({ pace: aPace({ killedBy }), blocks: [block] }, nowMs)).toBe("killed");
  expect(stalled({ pace: aPace({ killedBy }) }, null)).toBeNull();
});

test("an open breaker is told after 5 s, although its probes are grants; a block goes before it, and nothing due goes without", () => {
  const open = (forMs: number) => ({ pace: aPace({ breakerOpenSinceMs: nowMs - forMs }) });
  expect(stalled(open(5001), nowMs)).toBe("breaker_open");
  expect(stalled(open(5000), nowMs), "it may close at once").toBeNull();
  expect(stalled(open(5001), null)).toBeNull();
  expect(stalled({ ...open(60_000), blocks: [block] })).toBe("blocked");
});
