import type { KeptDraft } from "./draft-store.ts";

/** Where a tab keeps what one person typed into a draft and nothing saved yet: whoever signs in next in the same tab has another place. */
const placeOf = (userId: string, draftId: string): string => `herald-draft:${userId}:${draftId}`;

/** `unsaved` null: everything is saved. */
export function keepDraft(userId: string, draftId: string, unsaved: KeptDraft | null): void {
  try {
    if (unsaved === null) sessionStorage.removeItem(placeOf(userId, draftId));
    else sessionStorage.setItem(placeOf(userId, draftId), JSON.stringify(unsaved));
  } catch {
    // a browser that keeps nothing, or is full: the page still holds it
  }
}

/** null: nothing is kept there, or nothing that can be read. */
export function readKeptDraft(userId: string, draftId: string): KeptDraft | null {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(userId, draftId)) ?? "null") as KeptDraft | null;
  } catch {
    return null;
  }
}
