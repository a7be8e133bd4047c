import { type AttemptLine, type MessageLine, type MessagePage, messageStates } from "@herald/campaign";
import { z } from "zod";
import { isoOf, isoOrNull, time } from "./times.ts";

const Message = z.strictObject({
  messageId: z.string(),
  contactId: z.uuid(),
  state: z.enum(messageStates),
  receipt: z.string().nullable(),
  reason: z.string().nullable(),
  nextAt: time.nullable(),
});
const Attempt = z.strictObject({
  attempt: z.int().min(1),
  epoch: z.int().min(0),
  intentAt: time,
  settledAt: time.nullable(),
  outcome: z.string().nullable(),
  code: z.string().nullable(),
  class: z.string().nullable(),
  detail: z.string().nullable(),
  latencyMs: z.number().nullable(),
  receipt: z.string().nullable(),
  sentAt: time.nullable(),
  deliveredAt: time.nullable(),
  readAt: time.nullable(),
  failedAt: time.nullable(),
  isProviderDouble: z.boolean(),
});
export const MessagesAnswer = z.strictObject({ messages: z.array(Message), next: z.string().nullable() });
export const MessageAnswer = Message.extend({ attempts: z.array(Attempt) });

function presentMessage({
  messageId,
  contactId,
  state,
  receipt,
  reason,
  nextAtMs,
}: Omit<MessageLine, "attempts">): z.input<typeof Message> {
  return { messageId, contactId, state, receipt, reason, nextAt: isoOrNull(nextAtMs) };
}
function presentAttempt(line: AttemptLine): z.input<typeof Attempt> {
  const { intentAtMs, settledAtMs, sentAtMs, deliveredAtMs, readAtMs, failedAtMs, ...plain } = line;
  return {
    ...plain,
    intentAt: isoOf(intentAtMs),
    settledAt: isoOrNull(settledAtMs),
    sentAt: isoOrNull(sentAtMs),
    deliveredAt: isoOrNull(deliveredAtMs),
    readAt: isoOrNull(readAtMs),
    failedAt: isoOrNull(failedAtMs),
  };
}
export const presentMessages = ({ messages, next }: MessagePage): z.input<typeof MessagesAnswer> => ({
  messages: messages.map(presentMessage),
  next,
});
/** Why one recipient got it, or did not. */
export const presentWhy = (line: MessageLine): z.input<typeof MessageAnswer> => ({
  ...presentMessage(line),
  attempts: line.attempts.map(presentAttempt),
});
