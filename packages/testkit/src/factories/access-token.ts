import { createSealer, deriveKey } from "@herald/sealing";

const sealer = createSealer({ currentKeyId: "test", keysById: { test: deriveKey(new Uint8Array(32).fill(1), "access-token") } });
const contextOf = (sourceId: string): string => `access-token:${sourceId}`;

/** Tokens of test sources are sealed as real ones are. */
export const sealToken = (token: string, sourceId: string): Uint8Array => sealer.seal(new TextEncoder().encode(token), contextOf(sourceId));
export const openToken = (sealed: Uint8Array, sourceId: string): string =>
  new TextDecoder().decode(sealer.open(sealed, contextOf(sourceId)));
