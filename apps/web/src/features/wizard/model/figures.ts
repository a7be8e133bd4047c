import type { SkipReason } from "@herald/campaign";
import type { Figures } from "./draft-content.ts";

/** One figure that is not what it was. As the door tells it (`audience_changed`). */
export type FigureChange = { readonly what: "eligible" | "matched" | SkipReason; readonly from: number; readonly to: number };

/** What is different in the second count, the most telling first. */
export function changesBetween(before: Figures, now: Figures): readonly FigureChange[] {
  const reasons = [...new Set([...before.excluded, ...now.excluded].map(({ reason }) => reason))];
  const countOf = (figures: Figures, reason: SkipReason): number => figures.excluded.find((one) => one.reason === reason)?.count ?? 0;
  const all: FigureChange[] = [
    { what: "eligible", from: before.eligible, to: now.eligible },
    { what: "matched", from: before.matched, to: now.matched },
    ...reasons.map((reason) => ({ what: reason, from: countOf(before, reason), to: countOf(now, reason) })),
  ];
  return all.filter(({ from, to }) => from !== to);
}

export const leftOut = ({ matched, eligible }: Figures): number => matched - eligible;

/** Only the figures of whatever has more. */
export const figuresOf = ({ matched, eligible, excluded }: Figures): Figures => ({
  matched,
  eligible,
  excluded: excluded.map(({ reason, count }) => ({ reason, count })),
});
