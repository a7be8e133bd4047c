import { deriveKey, type KeyPurpose, type SealingKeys } from "@herald/sealing";

/** The deployment's secret and those before it, by id. */
export type SecretKeys = { readonly currentKeyId: string; readonly secretsById: Readonly<Record<string, Uint8Array>> };

export function readSecretKeys(currentKeyId: string, current: string, previous: Readonly<Record<string, string>>): SecretKeys {
  const base64ById = { ...previous, [currentKeyId]: current };
  return {
    currentKeyId,
    secretsById: Object.fromEntries(
      Object.entries(base64ById).map(([keyId, base64]) => [keyId, new Uint8Array(Buffer.from(base64, "base64"))]),
    ),
  };
}

/** The same ids for every purpose, so that one rotation is one new name. */
export function keysFor({ currentKeyId, secretsById }: SecretKeys, purpose: KeyPurpose): SealingKeys {
  return {
    currentKeyId,
    keysById: Object.fromEntries(Object.entries(secretsById).map(([keyId, secret]) => [keyId, deriveKey(secret, purpose)])),
  };
}
