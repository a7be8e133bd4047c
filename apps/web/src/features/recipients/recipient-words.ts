import type { Verdict } from "@herald/campaign";

/** Verdicts that say all by their state: the others have a reason to be told beside it. */
const plain: ReadonlySet<Verdict> = new Set(["waiting", "in_flight", "accepted", "sent", "delivered", "read", "played"]);
export const hasReason = (verdict: Verdict): boolean => !plain.has(verdict);

/** Keys under which words for a filter's word (`opted_out`, `CONTACT`, `timeout`) may stand, the likeliest first. */
export const reasonKeys = (reason: string): readonly `verdicts.${Verdict}.short`[] =>
  ["skipped", "failed", "unknown", "waiting", "later"].map(
    (state) => `verdicts.${state}_${reason.toLowerCase()}.short` as `verdicts.${Verdict}.short`,
  );
