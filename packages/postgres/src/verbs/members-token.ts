import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, as base64url. */
export const newToken = (): string => randomBytes(32).toString("base64url");
/** What is kept of a token: nothing leads back from it, and 256 bits need no salt. */
export const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
