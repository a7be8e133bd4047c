import type { AttemptPages, LedgerAttempt, LedgerView } from "./ledger-rows.ts";
import type { AttemptTruth, ProviderTruth } from "./provider-truth.ts";

export type Comparison = {
  readonly attempts: number;
  /** Attempts that have the provider's id here. */
  readonly acceptedHere: number;
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

const mostDisagreements = 100;
const refusedOutcomes = new Set(["refused", "failed", "deferred"]);

/**
 * Ledger against truth, attempt by attempt. Accepted there ⇔ accepted or unknown here; refused there ⇔ failed or deferred here;
 * never seen there ⇔ never begun or unknown here; receipts that were acknowledged there ⇔ receipts here. Uses the truth up.
 */
export async function compareLedger(ledger: LedgerView, pages: AttemptPages, truth: ProviderTruth): Promise<Comparison> {
  const disagreements: string[] = [];
  const complain = (words: string): void => void (disagreements.length < mostDisagreements && disagreements.push(words));
  const counts = { attempts: 0, acceptedHere: 0, triedAgain: 0, ambiguous: 0, ambiguousAccepted: 0, doubled: 0 };
  // attempts of one message follow each other
  let message = { messageId: "", accepted: 0, allowed: 1, isDoubled: false };
  for await (const page of pages)
    for (const attempt of page) {
      const key = `${attempt.messageId}:${attempt.attempt}`;
      const seen = truth.byAttempt.get(key);
      truth.byAttempt.delete(key);
      const complaint = disagreementOf(attempt, seen);
      if (complaint) complain(`attempt ${key}: ${complaint}`);
      counts.attempts += 1;
      if (attempt.providerMessageId !== null) counts.acceptedHere += 1;
      if (!attempt.isNewest && refusedOutcomes.has(attempt.outcome ?? "open")) counts.triedAgain += 1;
      if (attempt.isNewest && attempt.state === "unknown") {
        counts.ambiguous += 1;
        if (seen?.accepted) counts.ambiguousAccepted += 1;
      }
      if (message.messageId !== attempt.messageId) message = { messageId: attempt.messageId, accepted: 0, allowed: 1, isDoubled: false };
      message.accepted += seen?.accepted ?? 0;
      if (message.accepted > message.allowed && !message.isDoubled) {
        message.isDoubled = true;
        counts.doubled += 1;
      }
      // a failure allows what comes after it
      if (attempt.receipts.includes("failed")) message.allowed += 1;
    }
  for (const key of truth.byAttempt.keys()) complain(`attempt ${key}: the provider saw a request we have no intent for`);
  const total = Object.values(ledger.counts).reduce((sum, count) => sum + count, 0);
  const isBalanced = total === ledger.planned && Object.entries(ledger.counts).every(([bucket, count]) => ledger.recount[bucket] === count);
  if (!isBalanced)
    complain(`planned ${ledger.planned}, counters ${JSON.stringify(ledger.counts)}, recount ${JSON.stringify(ledger.recount)}`);
  return {
    ...counts,
    acceptedThere: truth.accepted,
    refusedThere: truth.refused,
    lost: Math.max(0, ledger.planned - total),
    isBalanced,
    disagreements,
  };
}

function disagreementOf(attempt: LedgerAttempt, truth: AttemptTruth | undefined): string | null {
  const outcome = attempt.outcome ?? "open";
  if (!truth || truth.requests === 0)
    return outcome === "not_started" || outcome === "unknown" ? null : `never seen there, ${outcome} here`;
  if (truth.requests > 1) return `${truth.requests} requests for one attempt`;
  if (truth.accepted === 0) {
    if (truth.refused > 0) return refusedOutcomes.has(outcome) || outcome === "unknown" ? null : `refused there, ${outcome} here`;
    return outcome === "unknown" ? null : `dropped there, ${outcome} here`;
  }
  if (refusedOutcomes.has(outcome) || outcome === "not_started") return `accepted there, ${outcome} here`;
  const here = attempt.receipts.toSorted().join(",");
  return here === truth.receipts ? null : `receipts there [${truth.receipts}], here [${here}]`;
}
