import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * AES-256-GCM with key ids, so that a key can be rotated while old data stays readable.
 * Sealed form: `1` byte version, `1` byte length of the key id, key id, 12 bytes nonce, ciphertext, 16 bytes tag.
 */
export type Sealer = {
  /** `context` is authenticated, not stored: data sealed for one place cannot be opened in another. */
  readonly seal: (plain: Uint8Array, context: string) => Uint8Array;
  /** Throws `SealBroken` for a wrong key, context or altered bytes. */
  readonly open: (sealed: Uint8Array, context: string) => Uint8Array;
};
export type SealingKeys = {
  readonly currentKeyId: string;
  /** 32 raw bytes by key id. */
  readonly keysById: Readonly<Record<string, Uint8Array>>;
};

export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

export function createSealer(keys: SealingKeys): Sealer {
  for (const [keyId, key] of Object.entries(keys.keysById)) {
    if (key.byteLength !== 32) throw new Error(`sealing key "${keyId}" must have 32 bytes, it has ${key.byteLength}`);
  }
  const keyOf = (keyId: string): Uint8Array => {
    const key = keys.keysById[keyId];
    if (!key) throw new SealBroken(`no sealing key "${keyId}"`);
    return key;
  };
  return {
    seal(plain, context) {
      const keyId = Buffer.from(keys.currentKeyId);
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", keyOf(keys.currentKeyId), nonce).setAAD(Buffer.from(context));
      return Buffer.concat([Uint8Array.of(version, keyId.length), keyId, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const keyIdEnd = 2 + (bytes[1] ?? 0);
      if (bytes[0] !== version || bytes.length < keyIdEnd + nonceBytes + tagBytes) throw new SealBroken("not sealed data");
      const nonceEnd = keyIdEnd + nonceBytes;
      const decipher = createDecipheriv("aes-256-gcm", keyOf(bytes.toString("utf8", 2, keyIdEnd)), bytes.subarray(keyIdEnd, nonceEnd))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(bytes.length - tagBytes));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(nonceEnd, bytes.length - tagBytes)), decipher.final()]);
      } catch (cause) {
        throw new SealBroken("wrong key, wrong context or altered data", { cause });
      }
    },
  };
}
