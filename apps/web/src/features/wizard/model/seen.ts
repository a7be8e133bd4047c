import { type Figures, type Seen } from "./draft-content.ts";
import { figuresOf } from "./figures.ts";
import type { KeyStore } from "./send-key.ts";

/** Where a browser keeps what one person last saw of a draft's count: figures alone, no person is named. */
export const seenPlace = (userId: string, draftId: string): string => `herald-seen:${userId}:${draftId}`;

export const noteSeen = (store: KeyStore, place: string, figures: Figures, atMs: number): void =>
  store.setItem(place, JSON.stringify({ ...figuresOf(figures), atMs } satisfies Seen));

/** As it was noted; null: nothing was, or what stands there is not ours. */
export function readSeen(text: string | null): Seen | null {
  try {
    const kept = JSON.parse(text ?? "null") as Partial<Seen> | null;
    const isWhole = [kept?.atMs, kept?.matched, kept?.eligible].every((one) => typeof one === "number") && Array.isArray(kept?.excluded);
    return isWhole ? (kept as Seen) : null;
  } catch {
    return null;
  }
}
