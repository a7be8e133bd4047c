import { z } from "zod";

/** Auth keeps addresses in lower case; two spellings of one address are one person. */
export const EmailInput = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const sameEmail = (one: string, other: string | null): boolean => other !== null && one.toLowerCase() === other.toLowerCase();
