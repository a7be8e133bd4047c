import { hkdfSync } from "node:crypto";

export type KeyPurpose = "temporal-payload" | "redis-chunk" | "access-token" | "opaque-id";

/** One deployment secret, one derived 32-byte key per purpose: a leak of one key opens nothing else. */
export const deriveKey = (secretKey: Uint8Array, purpose: KeyPurpose): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secretKey, new Uint8Array(), `herald/${purpose}/v1`, 32));
