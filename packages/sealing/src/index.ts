export { deriveKey, type KeyPurpose } from "./keys.ts";
export { createSealer, SealBroken, type Sealer, type SealingKeys } from "./sealer.ts";
export { createSigner, type Signer } from "./signer.ts";
