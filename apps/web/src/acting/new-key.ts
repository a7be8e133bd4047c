/** An idempotency key, 32 hex digits. `crypto.randomUUID` is only there over https; this is there everywhere. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
