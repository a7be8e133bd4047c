import { z } from "zod";

/** What a sign-in needs; `words` say what is missing. */
export const signInSchema = (words: { readonly email: string; readonly password: string }) =>
  z.object({ email: z.email(words.email), password: z.string().min(1, words.password) });
