import type { TruthRow } from "../clients/simulator.ts";
import type { LedgerAttempt, LedgerView } from "./ledger-rows.ts";

export type Comparison = {
  readonly attempts: number;
  readonly acceptedThere: number;
  readonly refusedThere: number;
  /** Refused requests whose message got a later attempt: the refusal allowed it. */
  readonly triedAgain: number;
  /** Accepted by the provider, and we do not know the outcome (yet): shown to the operator, never counted as lost. */
  readonly ambiguous: number;
  /** Of those, accepted by the provider: a receipt should have settled them. */
  readonly ambiguousAccepted: number;
  /** Recipients with two accepted requests although no refusal or failure allowed a second one. */
  readonly doubled: number;
  /** Planned, and neither final nor listed as open. */
  readonly lost: number;
  readonly isBalanced: boolean;
  /** Each disagreement in words, at most a hundred. */
  readonly disagreements: readonly string[];
};

const refusedOutcomes = new Set(["refused", "failed", "deferred"]);

/**
 * Ledger against truth, attempt by attempt. Accepted there ⇔ accepted or unknown here; refused there ⇔ failed or deferred here;
 * never seen there ⇔ never begun or unknown here; receipts that were acknowledged there ⇔ receipts here.
 */
export function compareLedger(ledger: LedgerView, rows: readonly TruthRow[], campaignId: string): Comparison {
  const truthByAttempt = new Map<string, TruthRow>();
  for (const row of rows) {
    const ref = attemptOf(row.opaqueId);
    if (ref?.campaignId === campaignId) truthByAttempt.set(`${ref.messageId}:${ref.attempt}`, row);
  }
  const disagreements: string[] = [];
  const acceptedByMessage = new Map<string, number>();
  const allowedByMessage = new Map<string, number>();
  let ambiguous = 0;
  let ambiguousAccepted = 0;
  for (const attempt of ledger.attempts) {
    const key = `${attempt.messageId}:${attempt.attempt}`;
    const truth = truthByAttempt.get(key);
    truthByAttempt.delete(key);
    const complaint = disagreementOf(attempt, truth);
    if (complaint) disagreements.push(`attempt ${key}: ${complaint}`);
    if (attempt.isNewest && attempt.state === "unknown") {
      ambiguous += 1;
      ambiguousAccepted += truth?.accepted.length ? 1 : 0;
    }
    add(acceptedByMessage, attempt.messageId, truth?.accepted.length ?? 0);
    if (attempt.receipts.includes("failed")) add(allowedByMessage, attempt.messageId, 1);
  }
  for (const key of truthByAttempt.keys()) disagreements.push(`attempt ${key}: the provider saw a request we have no intent for`);
  const doubled = [...acceptedByMessage].filter(([messageId, accepted]) => accepted > 1 + (allowedByMessage.get(messageId) ?? 0)).length;
  const total = Object.values(ledger.counts).reduce((sum, count) => sum + count, 0);
  const isBalanced = total === ledger.planned && Object.entries(ledger.counts).every(([bucket, count]) => ledger.recount[bucket] === count);
  if (!isBalanced)
    disagreements.push(`planned ${ledger.planned}, counters ${JSON.stringify(ledger.counts)}, recount ${JSON.stringify(ledger.recount)}`);
  const seen = [...rows].filter((row) => attemptOf(row.opaqueId)?.campaignId === campaignId);
  return {
    attempts: ledger.attempts.length,
    acceptedThere: seen.reduce((sum, row) => sum + row.accepted.length, 0),
    triedAgain: ledger.attempts.filter((attempt) => !attempt.isNewest && refusedOutcomes.has(attempt.outcome ?? "open")).length,
    refusedThere: seen.reduce((sum, row) => sum + row.refused.length, 0),
    ambiguous,
    ambiguousAccepted,
    doubled,
    lost: Math.max(0, ledger.planned - total),
    isBalanced,
    disagreements: disagreements.slice(0, 100),
  };
}

function disagreementOf(attempt: LedgerAttempt, truth: TruthRow | undefined): string | null {
  const outcome = attempt.outcome ?? "open";
  if (!truth || truth.requests === 0)
    return outcome === "not_started" || outcome === "unknown" ? null : `never seen there, ${outcome} here`;
  if (truth.requests > 1) return `${truth.requests} requests for one attempt`;
  const accepted = truth.accepted[0];
  if (!accepted) {
    if (truth.refused.length > 0) return refusedOutcomes.has(outcome) || outcome === "unknown" ? null : `refused there, ${outcome} here`;
    return outcome === "unknown" ? null : `dropped there, ${outcome} here`;
  }
  if (refusedOutcomes.has(outcome) || outcome === "not_started") return `accepted there, ${outcome} here`;
  const here = attempt.receipts.toSorted().join(",");
  const there = [...new Set(accepted.receiptsAcknowledged)].toSorted().join(",");
  return here === there ? null : `receipts there [${there}], here [${here}]`;
}

/** `v1.<campaign>.<message>.<attempt>.<mac>` */
function attemptOf(opaqueId: string | null): { campaignId: string; messageId: string; attempt: string } | null {
  const [version, campaignId, messageId, attempt] = (opaqueId ?? "").split(".");
  return version === "v1" && campaignId && messageId && attempt ? { campaignId, messageId, attempt } : null;
}

const add = (counts: Map<string, number>, key: string, by: number): void => void counts.set(key, (counts.get(key) ?? 0) + by);
