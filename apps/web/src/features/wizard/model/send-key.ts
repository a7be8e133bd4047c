import type { Figures } from "./draft-content.ts";
import { inOrder } from "./in-order.ts";

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
  return keyOfWish(store, sendPlace(draftId), wish, newKey);
}

export const forgetSendKey = (store: KeyStore, draftId: string): void => store.removeItem(sendPlace(draftId));

/**
 * A test as it is sent, with its key: the same request for every try of the same test, also after a reload (a draft comes back with its members in
 * another order) and after a save of what no test says (the count, the offer). `body` is what is to be sent, the person included.
 */
export function testRequestOf(
  store: KeyStore,
  draftId: string,
  body: object,
  newKey: () => string,
): { readonly body: unknown; readonly idempotencyKey: string } {
  const text = JSON.stringify(body, inOrder);
  return { body: JSON.parse(text), idempotencyKey: keyOfWish(store, testPlace(draftId), text, newKey) };
}

export const forgetTestKey = (store: KeyStore, draftId: string): void => store.removeItem(testPlace(draftId));

const sendPlace = (draftId: string): string => `herald-send:${draftId}`;
const testPlace = (draftId: string): string => `herald-test-send:${draftId}`;

function keyOfWish(store: KeyStore, place: string, wish: string, newKey: () => string): string {
  const kept = readKept(store.getItem(place));
  if (kept?.wish === wish) return kept.key;
  const key = newKey();
  store.setItem(place, JSON.stringify({ wish, key }));
  return key;
}

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
