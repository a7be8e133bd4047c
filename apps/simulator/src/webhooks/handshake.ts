import { randomInt } from "node:crypto";
import { err, ok, type Result } from "@herald/kernel";

export type HandshakeFailure = { readonly type: "not_verified"; readonly message: string };

/**
 * Meta's verification of a callback: it must answer 200 with the challenge as its whole body.
 * Source: developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export async function verifyCallback(callbackUrl: string, verifyToken: string, timeoutMs: number): Promise<Result<null, HandshakeFailure>> {
  const challenge = String(randomInt(1_000_000_000));
  const url = new URL(callbackUrl);
  for (const [name, value] of Object.entries({ mode: "subscribe", challenge, verify_token: verifyToken }))
    url.searchParams.set(`hub.${name}`, value);
  const notVerified = (message: string): Result<null, HandshakeFailure> => err({ type: "not_verified", message });
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: "manual" });
    const body = await response.text();
    if (response.status !== 200) return notVerified(`the callback answered HTTP ${response.status}, not 200`);
    return body === challenge ? ok(null) : notVerified("the callback did not answer with the challenge alone");
  } catch (cause) {
    return notVerified(`the callback cannot be reached: ${cause instanceof Error ? cause.message : "unknown cause"}`);
  }
}
