import { createHmac, timingSafeEqual } from "node:crypto";

const prefix = "sha256=";

/**
 * Whether `X-Hub-Signature-256` is the HMAC-SHA256 of the raw bytes under one of the app secrets (the current and the previous one).
 * Every secret is compared in full, so the time tells nothing. An empty secret signs for nobody.
 * Source: developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export function isSignatureValid(rawBody: Uint8Array, signatureHeader: string | null, secrets: readonly string[]): boolean {
  if (!signatureHeader?.startsWith(prefix)) return false;
  const hex = signatureHeader.slice(prefix.length);
  if (!/^[0-9a-f]{64}$/i.test(hex)) return false;
  const given = Buffer.from(hex, "hex");
  const matches = secrets
    .filter((secret) => secret !== "")
    .map((secret) => timingSafeEqual(given, createHmac("sha256", secret).update(rawBody).digest()));
  return matches.includes(true);
}
