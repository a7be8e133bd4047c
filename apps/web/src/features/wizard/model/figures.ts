import type { Figures } from "./draft-content.ts";

export const leftOut = ({ matched, eligible }: Figures): number => matched - eligible;

/** Only the figures of whatever has more. */
export const figuresOf = ({ matched, eligible, excluded }: Figures): Figures => ({
  matched,
  eligible,
  excluded: excluded.map(({ reason, count }) => ({ reason, count })),
});
