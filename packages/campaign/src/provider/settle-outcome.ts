import { assertNever, hours, seconds } from "@herald/kernel";
import type { NotStarted, Outcome, RefusalClass, RefusalScope, Refused } from "@herald/provider";
import type { BlockScope, Settlement } from "../ledger/ledger.ts";

const nothing = {
  retryInMs: null,
  maxAttempts: 1,
  providerMessageId: null,
  code: null,
  class: null,
  detail: null,
  countsAsAttempt: true,
  block: null,
  backOff: 1,
  pace: null,
} as const;

/** Our own store could not give what was frozen for the message: nothing was asked of the provider, and nothing is known of it. */
export type NotPrepared = { readonly kind: "not_started"; readonly cause: "not_prepared" };
/** What could not begin for want of a connection or of its parameters is tried again soon, but not in a tight loop. */
export const outageWaitMs = seconds(2);
const waitMsByCause: Readonly<Record<(NotStarted | NotPrepared)["cause"], number>> = {
  too_late: 0,
  cancelled: 0,
  no_connection: outageWaitMs,
  not_prepared: outageWaitMs,
};
const longestDetail = 500;
/** A refusal of the whole number that asks for less than this is about its rate, not about a pause. */
const shortestRestMs = seconds(60);

/** What a refusal does to its message, by class; `waitMs` holds when the refusal itself names no time. No code of any provider is named here. */
const refusals: Readonly<
  Record<RefusalClass, { readonly state: "deferred" | "failed"; readonly waitMs: number | null; readonly block: BlockScope | null }>
> = {
  SOON: { state: "deferred", waitMs: seconds(5), block: null },
  HOURS: { state: "deferred", waitMs: hours(24), block: null },
  CONTACT: { state: "failed", waitMs: null, block: null },
  ROW: { state: "failed", waitMs: null, block: null },
  TEMPLATE: { state: "deferred", waitMs: null, block: "template" },
  NUMBER: { state: "deferred", waitMs: null, block: "number" },
  WABA: { state: "deferred", waitMs: null, block: "waba" },
  TOKEN: { state: "deferred", waitMs: null, block: "waba" },
  OPS: { state: "deferred", waitMs: null, block: "waba" },
  // Not known to be safe to repeat: shown to the operator as it is.
  unclassified: { state: "failed", waitMs: null, block: null },
};

/** The answer to one request, as the ledger will keep it. Pure and total: the only way from an `unknown` on is a receipt or a person (law L3). */
export function settleOutcome(outcome: Outcome | NotPrepared): Settlement {
  switch (outcome.kind) {
    case "accepted":
      return {
        ...nothing,
        state: outcome.isHeld ? "held" : "accepted",
        reason: outcome.isHeld ? "held_for_quality" : null,
        providerMessageId: storable(outcome.providerMessageId),
      };
    case "ambiguous":
      return { ...nothing, state: "unknown", reason: outcome.cause, detail: detailOf(outcome.detail) };
    case "not_started":
      return {
        ...nothing,
        state: "queued",
        reason: outcome.cause,
        retryInMs: waitMsByCause[outcome.cause],
        countsAsAttempt: false,
      };
    case "refused":
      return settleRefusal(outcome);
    default:
      return assertNever(outcome);
  }
}

/** What a refusal does to its message, whether it was the answer to the request or arrived by webhook. */
export function settleRefusal(refusal: Omit<Refused, "kind">): Settlement {
  const rule = refusals[refusal.class];
  const pace = paceOf(refusal);
  const waitMs = pace === "rest" ? Math.max(shortestRestMs, refusal.retryAfterMs ?? 0) : (refusal.retryAfterMs ?? rule.waitMs);
  return {
    ...nothing,
    state: rule.state,
    reason: refusal.class,
    retryInMs: rule.waitMs === null ? null : Math.max(0, waitMs ?? 0),
    // what is said of the number is no mark against the message
    countsAsAttempt: pace === null,
    backOff: refusal.class !== "SOON" || pace === "rest" ? 1 : refusal.scope === "contact" ? 4 : 2,
    pace,
    maxAttempts: refusal.maxAttempts,
    code: refusal.code === null ? null : storable(refusal.code),
    class: refusal.class,
    detail: detailOf(refusal.detail),
    block: rule.block === null ? null : (blockOfScope[refusal.scope ?? "message"] ?? rule.block),
  };
}

/** What a refusal that lifts by itself says of the number it was sent from; that of a whole application still stops only the number that met it. */
function paceOf({ class: of, scope, retryAfterMs }: Omit<Refused, "kind">): Settlement["pace"] {
  if (of !== "SOON") return null;
  if (scope === "app") return "rest";
  if (scope !== "number") return null;
  return (retryAfterMs ?? 0) >= shortestRestMs ? "rest" : "slow";
}

/** A provider's words as Postgres can keep them: no NUL, no half characters. One result it refuses would hold up all that wait behind it. */
const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();
const detailOf = (words: string): string => storable(words.slice(0, longestDetail));

/** A refusal that says how far it reaches blocks just that. */
const blockOfScope: Readonly<Partial<Record<RefusalScope, BlockScope>>> = {
  template: "template",
  number: "number",
  account: "waba",
  app: "waba",
};
