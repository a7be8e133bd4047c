import { z } from "zod";

/** Length is what makes a password hard to guess; bcrypt, which Auth uses, reads no more than 72 bytes. */
export const passwordRule = { minCharacters: 12, maxBytes: 72 } as const;

export const PasswordInput = z
  .string()
  .min(passwordRule.minCharacters)
  .refine((password) => bytesOf(password) <= passwordRule.maxBytes, {
    message: `is longer than ${passwordRule.maxBytes} bytes`,
    params: { cure: `Shorten it to ${passwordRule.maxBytes} bytes; a letter with an accent or an emoji takes more than one.` },
  });

/** UTF-8: by the size of each code point. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
