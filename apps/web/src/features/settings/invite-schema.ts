import { z } from "zod";

/** Whom to invite; `words` say what an address must look like. */
export const inviteSchema = (words: { readonly email: string }) => z.object({ email: z.string().trim().pipe(z.email(words.email)) });
