import { redactText } from "@herald/kernel";
import type { Refused } from "@herald/provider";
import { z } from "zod";
import { ruleOf } from "./codes.ts";

/**
 * Meta's error object, in an answer and in a webhook alike; all but `code` may be missing.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const metaError = z.object({
  code: z.union([z.number(), z.string()]).nullish().catch(null),
  title: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  error_data: z.object({ details: z.string().nullish() }).nullish().catch(null),
});
export type MetaError = z.infer<typeof metaError>;

export type Refusal = Omit<Refused, "kind">;

const maxDetailLength = 400;
/** Meta quotes a malformed access token back; its tokens begin with EAA. */
const tokenText = /EAA[\w-]{16,}|(?<=access token:? )\S{16,}/gi;

/** The class and the redacted words of one error. An unknown code is `unclassified` and not tried again by the system. */
export function refusalOf(error: MetaError | null, where: "answer" | "receipt"): Refusal {
  const code = codeOf(error);
  const rule = code === null ? null : ruleOf(code);
  const detail = redactedWords(error?.error_data?.details ?? error?.message ?? error?.title ?? "no words were given");
  const codeText = code === null ? null : String(code);
  if (!rule) return { class: "unclassified", scope: "message", code: codeText, detail, retryAfterMs: null, maxAttempts: 1 };
  const reading = where === "receipt" && rule.inReceipt ? rule.inReceipt : rule;
  return {
    class: reading.class,
    scope: reading.scope ?? "message",
    code: codeText,
    detail,
    retryAfterMs: reading.maxAttempts > 1 ? (rule.minWaitMs ?? null) : null,
    maxAttempts: reading.maxAttempts,
  };
}

const redactedWords = (words: string): string => redactText(words.replace(tokenText, "[redacted]")).slice(0, maxDetailLength);

/** The code as a number, or null when there is none. */
export function codeOf(error: MetaError | null): number | null {
  const text = String(error?.code ?? "");
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
