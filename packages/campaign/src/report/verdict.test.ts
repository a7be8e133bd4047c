import { refusalClasses } from "@herald/provider";
import { expect, test } from "vitest";
import { campaignStatuses } from "../ledger/campaign-status.ts";
import { messageStates, skipReasons } from "../ledger/message-state.ts";
import { settleOutcome, settleRefusal } from "../provider/settle-outcome.ts";
import { type Decisive, type Verdict, verdictOf, verdicts } from "./verdict.ts";

const row = (change: Partial<Decisive>): Decisive => ({
  state: "queued",
  receipt: null,
  reason: null,
  class: null,
  nextAtMs: 0,
  ...change,
});
const of = (change: Partial<Decisive>): Verdict => verdictOf(row(change), "sending");

test("each reason to leave somebody out has a verdict of its own", () => {
  const given = skipReasons.map((reason) => of({ state: "skipped", reason }));
  expect(given).toEqual(skipReasons.map((reason) => `skipped_${reason}`));
});

test("each class of refusal has a verdict of its own, when it failed for good", () => {
  const given = refusalClasses.map((refusal) => of({ state: "failed", reason: refusal, class: refusal }));
  expect(given).toEqual(refusalClasses.map((refusal) => `failed_${refusal.toLowerCase()}`));
});

test("whatever a refusal does to its message is told by its class: what waits, what waits for a cure, what failed", () => {
  for (const refusal of refusalClasses) {
    const settled = settleRefusal({ class: refusal, code: "1", detail: "", retryAfterMs: null, maxAttempts: 3 });
    const verdict = of({ state: settled.state, reason: settled.reason, class: settled.class, nextAtMs: settled.retryInMs });
    const told = settled.state === "failed" ? "failed" : settled.retryInMs === null ? "blocked" : "later";
    expect(verdict, refusal).toBe(`${told}_${refusal.toLowerCase()}`);
  }
});

test("what came to no known end, and what never began, is told by its cause", () => {
  for (const cause of ["timeout", "connection_lost", "unreadable_answer"] as const) {
    const { state, reason } = settleOutcome({ kind: "ambiguous", cause, detail: "" });
    expect(of({ state, reason })).toBe(`unknown_${cause}`);
  }
  for (const cause of ["too_late", "no_connection", "cancelled", "not_prepared"] as const) {
    const { state, reason } = settleOutcome(cause === "not_prepared" ? { kind: "not_started", cause } : { kind: "not_started", cause });
    expect(of({ state, reason }), cause).toMatch(/^waiting_/);
  }
});

test("a message that waits for a cure is told from one whose block was cured, by whether it has a time", () => {
  expect(of({ state: "deferred", reason: "TOKEN", class: "TOKEN", nextAtMs: null })).toBe("blocked_token");
  expect(of({ state: "deferred", reason: "TOKEN", class: "TOKEN", nextAtMs: 5 })).toBe("later_cured");
});

test("what an operator or the end of the campaign decided outweighs the class of the answer", () => {
  expect(of({ state: "failed", reason: "written_off", class: "CONTACT" })).toBe("failed_written_off");
  expect(of({ state: "failed", reason: "late", class: "CONTACT" })).toBe("failed_late");
});

test("a campaign that is paused or has yet to start says why its people wait", () => {
  expect(verdictOf(row({ reason: "too_late" }), "paused")).toBe("waiting_paused");
  expect(verdictOf(row({}), "scheduled")).toBe("waiting_scheduled");
});

test("every state, whatever its reason, has a verdict, and every verdict can be met", () => {
  const words = [null, "something new", "late", "written_off", "resend", "not_started", "no_connection", "not_prepared", "timeout"];
  const met = new Set<Verdict>();
  const reasons = [...words, ...skipReasons, ...refusalClasses, "connection_lost", "unreadable_answer", "sender_lost", "held_for_quality"];
  for (const state of messageStates)
    for (const reason of reasons)
      for (const refusal of [null, ...refusalClasses])
        for (const receipt of [null, "sent", "undelivered", "delivered", "read", "played"])
          for (const nextAtMs of [null, 5])
            for (const status of campaignStatuses) met.add(verdictOf({ state, reason, class: refusal, receipt, nextAtMs }, status));
  expect([...met].toSorted()).toEqual([...verdicts].toSorted());
});
