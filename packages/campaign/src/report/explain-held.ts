import type { HeldEvidence } from "./report-port.ts";

/** The same in English: how many, since when, and what may be done. */
export type ExplainedHeld = HeldEvidence & { readonly sentence: string };

/** "12 are held …": Meta releases 99 of 100 within an hour, or fails them; who decides is Meta until a day has passed. */
export function explainHeld(held: HeldEvidence | null): ExplainedHeld | null {
  if (held === null) return null;
  const since = `${new Date(held.oldestAtMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const who = held.count === 1 ? "1 is held by the provider" : `${held.count.toLocaleString("en-US")} are held by the provider`;
  const todo =
    held.ripe === 0
      ? "Most are let go within an hour, or failed; after a day without a word they may be written off."
      : `${held.ripe === held.count ? "All" : held.ripe.toLocaleString("en-US")} of them for more than a day: these may be written off, and a receipt that comes later still counts.`;
  return { ...held, sentence: `${who} for a quality review, the oldest since ${since}. ${todo}` };
}
