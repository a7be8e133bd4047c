import { z } from "zod";
import { type SkipReason, skipReasons } from "../ledger/message-state.ts";

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** An audience in figures, as a preview tells them. */
export const AudienceCountsInput = z.strictObject({
  matched: count,
  eligible: count,
  excluded: z
    .array(z.strictObject({ reason: z.enum(skipReasons), count }))
    .max(skipReasons.length)
    .readonly(),
});
export type AudienceCounts = {
  readonly matched: number;
  readonly eligible: number;
  readonly excluded: readonly { readonly reason: SkipReason; readonly count: number }[];
};
export type AudienceChange = { readonly what: "eligible" | "matched" | SkipReason; readonly from: number; readonly to: number };
/** What would be sent is not what the operator saw; nothing was written. */
export type AudienceChanged = {
  readonly type: "audience_changed";
  readonly expected: AudienceCounts;
  readonly actual: AudienceCounts;
  readonly changes: readonly AudienceChange[];
};

/** The most frequent reason first. */
export const countsOf = (matched: number, eligible: number, excluded: ReadonlyMap<SkipReason, number>): AudienceCounts => ({
  matched,
  eligible,
  excluded: [...excluded].map(([reason, count]) => ({ reason, count })).toSorted((one, other) => other.count - one.count),
});

/** Every figure that differs; a reason that one side does not name counts nobody there. */
export function changesBetween(expected: AudienceCounts, actual: AudienceCounts): readonly AudienceChange[] {
  const before = byReason(expected);
  const after = byReason(actual);
  const reasons = new Set([...before.keys(), ...after.keys()]);
  return [
    { what: "eligible" as const, from: expected.eligible, to: actual.eligible },
    { what: "matched" as const, from: expected.matched, to: actual.matched },
    ...[...reasons].map((reason) => ({ what: reason, from: before.get(reason) ?? 0, to: after.get(reason) ?? 0 })),
  ].filter(({ from, to }) => from !== to);
}

function byReason({ excluded }: AudienceCounts): ReadonlyMap<SkipReason, number> {
  const counts = new Map<SkipReason, number>();
  for (const { reason, count } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return counts;
}
