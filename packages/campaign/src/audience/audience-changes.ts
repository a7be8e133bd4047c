import type { SkipReason } from "../ledger/message-state.ts";
import type { AudienceCounts } from "./audience-counts.ts";

// types alone are imported: a screen compares with the same function, and loads nothing else of the domain
export type AudienceChange = { readonly what: "eligible" | "matched" | SkipReason; readonly from: number; readonly to: number };

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
