import type { Figures } from "./draft-content.ts";

export type KeyStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * The idempotency key of one wish to send: the same for every try of it, also after a reload, and another one as soon as anything that would
 * be sent is different (a door refuses the same key with another body).
 */
export function sendKeyOf(store: KeyStore, draftId: string, version: number, expected: Figures, newKey: () => string): string {
  const wish = JSON.stringify([
    version,
    expected.matched,
    expected.eligible,
    expected.excluded.map(({ reason, count }) => `${reason}=${count}`),
  ]);
  const kept = readKept(store.getItem(storageKey(draftId)));
  if (kept?.wish === wish) return kept.key;
  const key = newKey();
  store.setItem(storageKey(draftId), JSON.stringify({ wish, key }));
  return key;
}

export const forgetSendKey = (store: KeyStore, draftId: string): void => store.removeItem(storageKey(draftId));

const storageKey = (draftId: string): string => `herald-send:${draftId}`;

function readKept(text: string | null): { readonly wish: string; readonly key: string } | null {
  try {
    const kept: unknown = JSON.parse(text ?? "null");
    return typeof kept === "object" && kept !== null && "wish" in kept && "key" in kept
      ? { wish: String(kept.wish), key: String(kept.key) }
      : null;
  } catch {
    return null;
  }
}

/** `crypto.randomUUID` is only there over https; this is there everywhere. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
