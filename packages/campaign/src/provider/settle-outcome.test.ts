import { hours, seconds } from "@herald/kernel";
import { type Outcome, type RefusalClass, type RefusalScope, refusalClasses, refusalScopes } from "@herald/provider";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { BlockScope, Settlement } from "../ledger/ledger.ts";
import { settleOutcome, settleRefusal } from "./settle-outcome.ts";

const refusal = (of: RefusalClass, change: { readonly scope?: RefusalScope; readonly retryAfterMs?: number } = {}) => ({
  class: of,
  code: "131000",
  detail: "the provider's words",
  retryAfterMs: null,
  maxAttempts: 3,
  ...change,
});

const anOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant("accepted" as const), providerMessageId: fc.string(), isHeld: fc.boolean() }),
  fc.record(
    {
      kind: fc.constant("refused" as const),
      class: fc.constantFrom(...refusalClasses),
      scope: fc.constantFrom(...refusalScopes),
      code: fc.option(fc.string()),
      detail: fc.string({ unit: "binary", maxLength: 2000 }),
      retryAfterMs: fc.option(fc.integer({ min: -1000, max: hours(200) })),
      maxAttempts: fc.integer({ min: 0, max: 5 }),
    },
    { requiredKeys: ["kind", "class", "code", "detail", "retryAfterMs", "maxAttempts"] },
  ),
  fc.record({
    kind: fc.constant("ambiguous" as const),
    cause: fc.constantFrom("timeout" as const, "connection_lost" as const, "unreadable_answer" as const),
    detail: fc.string({ unit: "binary" }),
  }),
  fc.record({
    kind: fc.constant("not_started" as const),
    cause: fc.constantFrom("too_late" as const, "no_connection" as const, "cancelled" as const),
  }),
);

test("an accepted message keeps the provider's id; one that is held for review is not yet accepted", () => {
  expect(settleOutcome({ kind: "accepted", providerMessageId: "id-1", isHeld: false })).toMatchObject({
    state: "accepted",
    providerMessageId: "id-1",
    reason: null,
    countsAsAttempt: true,
  });
  expect(settleOutcome({ kind: "accepted", providerMessageId: "id-1", isHeld: true })).toMatchObject({
    state: "held",
    providerMessageId: "id-1",
    reason: "held_for_quality",
  });
});

test.each(["timeout", "connection_lost", "unreadable_answer"] as const)(
  "L3: an outcome that is ambiguous by %s is unknown, and nothing makes it due again",
  (cause) => {
    expect(settleOutcome({ kind: "ambiguous", cause, detail: "" })).toMatchObject({
      state: "unknown",
      reason: cause,
      retryInMs: null,
      block: null,
      countsAsAttempt: true,
    });
  },
);

test.each([
  ["too_late", 0],
  ["cancelled", 0],
  ["no_connection", seconds(2)],
  ["not_prepared", seconds(2)],
] as const)("a request that never began (%s) goes back to the queue in %i ms and does not count as an attempt", (cause, retryInMs) => {
  expect(settleOutcome({ kind: "not_started", cause })).toMatchObject({
    state: "queued",
    reason: cause,
    retryInMs,
    countsAsAttempt: false,
  });
});

test.each<[RefusalClass, "deferred" | "failed", number | null, BlockScope | null]>([
  ["SOON", "deferred", seconds(5), null],
  ["HOURS", "deferred", hours(24), null],
  ["CONTACT", "failed", null, null],
  ["ROW", "failed", null, null],
  ["TEMPLATE", "deferred", null, "template"],
  ["NUMBER", "deferred", null, "number"],
  ["WABA", "deferred", null, "waba"],
  ["TOKEN", "deferred", null, "waba"],
  ["OPS", "deferred", null, "waba"],
  ["unclassified", "failed", null, null],
])("a refusal of class %s is %s, due again in %s ms, with the block %s", (of, state, retryInMs, block) => {
  const settlement = settleRefusal(refusal(of));
  expect(settlement).toMatchObject({
    state,
    retryInMs,
    block,
    reason: of,
    class: of,
    code: "131000",
    maxAttempts: 3,
    countsAsAttempt: true,
  });
  expect(settleOutcome({ kind: "refused", ...refusal(of) })).toEqual(settlement);
});

test.each<[RefusalClass, RefusalScope, number | null, Partial<Settlement>]>([
  ["SOON", "message", null, { backOff: 2, pace: null, retryInMs: seconds(5), countsAsAttempt: true }],
  ["SOON", "account", seconds(300), { backOff: 2, pace: null, retryInMs: seconds(300), countsAsAttempt: true }],
  ["SOON", "contact", seconds(1), { backOff: 4, pace: null, retryInMs: seconds(1), countsAsAttempt: true }],
  ["SOON", "number", null, { backOff: 2, pace: "slow", retryInMs: seconds(5), countsAsAttempt: false }],
  ["SOON", "number", seconds(1), { backOff: 2, pace: "slow", retryInMs: seconds(1), countsAsAttempt: false }],
  ["SOON", "number", seconds(60), { backOff: 1, pace: "rest", retryInMs: seconds(60), countsAsAttempt: false }],
  ["SOON", "number", seconds(300), { backOff: 1, pace: "rest", retryInMs: seconds(300), countsAsAttempt: false }],
  ["SOON", "app", null, { backOff: 1, pace: "rest", retryInMs: seconds(60), countsAsAttempt: false }],
  ["HOURS", "number", hours(24), { backOff: 1, pace: null, retryInMs: hours(24), countsAsAttempt: true }],
  ["NUMBER", "number", null, { backOff: 1, pace: null, retryInMs: null, countsAsAttempt: true }],
])("a %s refusal of the %s that asks for %s ms says of back-off and of the number's pace: %o", (of, scope, retryAfterMs, expected) => {
  expect(settleRefusal({ ...refusal(of, { scope }), retryAfterMs })).toMatchObject({ state: "deferred", ...expected });
});

test("every class of refusal has its line in the table above", () => {
  for (const of of refusalClasses) expect(settleRefusal(refusal(of)).class).toBe(of);
});

test("a refusal that names its wait is believed, whether that is shorter or longer than the class's own", () => {
  expect(settleRefusal(refusal("HOURS", { retryAfterMs: hours(1) })).retryInMs).toBe(hours(1));
  expect(settleRefusal(refusal("HOURS", { retryAfterMs: hours(48) })).retryInMs).toBe(hours(48));
  expect(settleRefusal(refusal("SOON", { retryAfterMs: 0 })).retryInMs).toBe(0);
  expect(settleRefusal(refusal("NUMBER", { retryAfterMs: 60_000 })).retryInMs, "waits for the cure, not for a time").toBeNull();
});

test.each<[RefusalClass, RefusalScope, BlockScope | null]>([
  ["TOKEN", "number", "number"],
  ["TOKEN", "account", "waba"],
  ["TOKEN", "app", "waba"],
  ["OPS", "template", "template"],
  ["NUMBER", "message", "number"],
  ["NUMBER", "contact", "number"],
  ["TEMPLATE", "account", "waba"],
  ["SOON", "number", null],
  ["HOURS", "account", null],
  ["CONTACT", "contact", null],
  ["ROW", "number", null],
])("a %s refusal that reaches the %s blocks %s", (of, scope, block) => {
  expect(settleRefusal(refusal(of, { scope })).block).toBe(block);
});

test("no outcome leads to a dead end: what waits has a time or a block, what does not wait has neither", () => {
  fc.assert(
    fc.property(anOutcome, (outcome) => {
      const { state, retryInMs, block, countsAsAttempt, pace } = settleOutcome(outcome);
      const waitsFor = [...(retryInMs === null ? [] : ["a time"]), ...(block === null ? [] : ["a cure"])];
      expect(waitsFor).toHaveLength(state === "queued" || state === "deferred" ? 1 : 0);
      expect(retryInMs ?? 0).toBeGreaterThanOrEqual(0);
      expect(countsAsAttempt).toBe(outcome.kind !== "not_started" && pace === null);
    }),
  );
});

test("whatever is not on its way or accepted names its reason: reports look for messages by that", () => {
  fc.assert(
    fc.property(anOutcome, (outcome) => {
      const { state, reason } = settleOutcome(outcome);
      expect(reason === null).toBe(state === "accepted");
    }),
  );
});

test("words of a provider are bounded and can always be stored", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 1500 }), fc.nat(1500), (words, at) => {
      const detail = settleRefusal({ ...refusal("OPS"), detail: `${words.slice(0, at)}\0\uD83D${words.slice(at)}` }).detail ?? "";
      expect(detail).not.toContain("\0");
      expect(detail.isWellFormed()).toBe(true);
      expect(detail.length).toBeLessThanOrEqual(500);
    }),
  );
});
