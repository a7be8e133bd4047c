import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { PusherApp } from "./protocol.ts";

export function hmacSha256(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

export function md5(bytes: Buffer): string {
  return createHash("md5").update(bytes).digest("hex");
}

/** Compares without telling by its duration how much was right. */
export function isSame(given: unknown, expected: string): boolean {
  const a = Buffer.from(typeof given === "string" ? given : "");
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a private or presence subscription must carry: `key:hmac(socket_id:channel[:channel_data])`. */
export function channelAuth(app: PusherApp, socketId: string, channel: string, channelData: string | undefined): string {
  const signed = [socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(":");
  return `${app.key}:${hmacSha256(app.secret, signed)}`;
}

/** What a sign-in must carry: `key:hmac(socket_id::user::user_data)`. */
export function userAuth(app: PusherApp, socketId: string, userData: string): string {
  return `${app.key}:${hmacSha256(app.secret, `${socketId}::user::${userData}`)}`;
}

/** The text a REST request signs: method, path and all parameters but the signature, sorted by name. */
export function requestToSign(method: string, path: string, parameters: URLSearchParams): string {
  const sorted = [...parameters]
    .filter(([name]) => name !== "auth_signature")
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [method, path, sorted.map(([name, value]) => `${name}=${value}`).join("&")].join("\n");
}
