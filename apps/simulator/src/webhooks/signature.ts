import { createHmac } from "node:crypto";

/**
 * A payload as Meta puts it on the wire: JSON with every character beyond ASCII escaped as lower-case `\uXXXX`. The signature covers these
 * bytes, so a receiver that parses and re-serialises before checking fails, as it would in production.
 * Source: developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export const toWireBytes = (payload: unknown): Buffer =>
  Buffer.from(
    JSON.stringify(payload).replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
    "ascii",
  );

/** Value of `X-Hub-Signature-256`. Same source. */
export const signatureOf = (body: Buffer, appSecret: string): string =>
  `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
