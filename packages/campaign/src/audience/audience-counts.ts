import { z } from "zod";
import { type SkipReason, skipReasons } from "../ledger/message-state.ts";
import type { AudienceChange } from "./audience-changes.ts";

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
