import type { Ambiguous, Outcome } from "@herald/provider";
import { z } from "zod";
import type { HttpAnswer } from "./http.ts";
import { codeOf, type MetaError, metaError, refusalOf } from "./refusal.ts";

/** Both shapes of an answer to a send. Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages */
const acceptance = z.object({
  messages: z.array(z.object({ id: z.string().min(1), message_status: z.string().nullish().catch(null) })).min(1),
});
const refusal = z.object({ error: metaError });

/** `paused` stands in Meta's schema beside the hold for a quality assessment; either way the message has not gone on its way. */
const heldStatuses = new Set(["held_for_quality_assessment", "paused"]);

/** What a whole HTTP response says of the message. Only a parsable envelope is proof; the HTTP status never is (Meta: build on `code`). */
export function readSendAnswer(answer: HttpAnswer): Outcome {
  const json = parseJson(answer.body);
  const accepted = acceptance.safeParse(json);
  const first = accepted.data?.messages[0];
  if (first) return { kind: "accepted", providerMessageId: first.id, isHeld: heldStatuses.has(first.message_status ?? "") };
  const error = readError(json);
  if (!error) return unreadable(answer);
  const { retryAfterMs, ...refused } = refusalOf(error, "answer");
  const isRetried = refused.maxAttempts > 1;
  return { kind: "refused", ...refused, retryAfterMs: isRetried ? longest(retryAfterMs, answer.retryAfterMs) : null };
}

/** Meta's error of an envelope, or null. Without a code it is not Meta's: a gateway in between words its own errors in JSON as well. */
export function readError(json: unknown): MetaError | null {
  const error = refusal.safeParse(json).data?.error;
  return error && codeOf(error) !== null ? error : null;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (answer: HttpAnswer): Ambiguous => ({
  kind: "ambiguous",
  cause: "unreadable_answer",
  detail: `HTTP ${answer.status} without a readable envelope, ${answer.body.length} characters`,
});

const longest = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.max(a, b));
