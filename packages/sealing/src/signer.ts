import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/** Short message authentication codes for identifiers that travel through a provider and come back. */
export type Signer = {
  /** Base64url of the first `bytes` of HMAC-SHA256. */
  readonly mac: (text: string) => string;
  /** Constant time. */
  readonly isValid: (text: string, mac: string) => boolean;
};

export function createSigner(key: Uint8Array, bytes = 9): Signer {
  // made once: from raw bytes each call would cost six times as much
  const secret = createSecretKey(key);
  const mac = (text: string): string => createHmac("sha256", secret).update(text).digest().subarray(0, bytes).toString("base64url");
  return {
    mac,
    isValid(text, given) {
      const expected = Buffer.from(mac(text));
      const actual = Buffer.from(given);
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
  };
}
