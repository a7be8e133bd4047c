import {
  type AttemptLine,
  buckets,
  type ListedRecipient,
  messageStates,
  type RecipientPage,
  type RecipientStory,
  verdicts,
} from "@herald/campaign";
import { z } from "zod";
import { isoOf, isoOrNull, time } from "./times.ts";

const word = z.string().nullable();
const message = {
  messageId: z.string(),
  contactId: z.uuid(),
  /** Empty: nobody gave a name. Null: the person is no longer kept. */
  displayName: word,
  /** The phone number, else the provider's id of the person. */
  address: word,
  state: z.enum(messageStates),
  receipt: word,
  reason: word,
  class: word,
  code: word,
  /** The one fact that decided. */
  verdict: z.enum(verdicts),
  nextAt: time.nullable(),
  changedAt: time,
};
const Attempt = z.strictObject({
  attempt: z.int().min(1),
  epoch: z.int().min(0),
  intentAt: time,
  sendBy: time,
  settledAt: time.nullable(),
  outcome: word,
  code: word,
  class: word,
  detail: word,
  latencyMs: z.number().nullable(),
  receipt: word,
  sentAt: time.nullable(),
  deliveredAt: time.nullable(),
  readAt: time.nullable(),
  failedAt: time.nullable(),
  isProviderDouble: z.boolean(),
});
export const MessagesAnswer = z.strictObject({ messages: z.array(z.strictObject(message)), next: z.string().nullable() });
export const MessageAnswer = z.strictObject({
  ...message,
  resends: z.int().min(0),
  attempts: z.array(Attempt),
  campaign: z.strictObject({
    name: z.string(),
    status: z.string(),
    frozenAt: time.nullable(),
    scheduledAt: time.nullable(),
    expiresAt: time,
    template: z.strictObject({ name: z.string(), language: z.string(), category: z.string() }),
    senderNumber: z.string(),
    senderName: z.string(),
    frequencyCapMs: z.number().nullable(),
  }),
  isActive: z.boolean(),
  lists: z.array(z.strictObject({ name: z.string(), since: time })),
  tags: z.array(z.string()),
  imported: z.strictObject({ importBatchId: z.uuid(), fileName: z.string(), at: time, rowNo: z.int().nullable() }).nullable(),
  consents: z.array(z.strictObject({ state: z.string(), origin: z.string(), proof: z.record(z.string(), z.unknown()), at: time })),
  suppressions: z.array(z.strictObject({ scope: z.string(), reason: z.string(), at: time })),
  lastMarketing: z.strictObject({ campaignId: z.uuid(), campaignName: z.string(), at: time, isThisMessage: z.boolean() }).nullable(),
  frozen: z
    .strictObject({
      chunkNo: z.int().min(0),
      entryNo: z.int().min(0),
      parameters: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    })
    .nullable(),
  decisions: z.array(z.strictObject({ kind: z.string(), at: time, userId: word, note: word, what: word })),
  replies: z.array(z.strictObject({ type: z.string(), at: time, isAnswer: z.boolean() })),
  blocks: z.array(
    z.strictObject({ blockId: z.string(), scope: z.string(), class: z.string(), code: word, detail: z.string(), since: time }),
  ),
});
export const messageBuckets = z.enum(buckets);

const presentMessage = ({ nextAtMs, changedAtMs, ...plain }: ListedRecipient): z.input<typeof MessagesAnswer>["messages"][number] => ({
  ...plain,
  nextAt: isoOrNull(nextAtMs),
  changedAt: isoOf(changedAtMs),
});
function presentAttempt(line: AttemptLine): z.input<typeof Attempt> {
  const { intentAtMs, sendByMs, settledAtMs, sentAtMs, deliveredAtMs, readAtMs, failedAtMs, ...plain } = line;
  return {
    ...plain,
    intentAt: isoOf(intentAtMs),
    sendBy: isoOf(sendByMs),
    settledAt: isoOrNull(settledAtMs),
    sentAt: isoOrNull(sentAtMs),
    deliveredAt: isoOrNull(deliveredAtMs),
    readAt: isoOrNull(readAtMs),
    failedAt: isoOrNull(failedAtMs),
  };
}
/** `atMs` as `at`. */
const timed = <Row extends { readonly atMs: number }>({ atMs, ...plain }: Row): Omit<Row, "atMs"> & { readonly at: string } => ({
  ...plain,
  at: isoOf(atMs),
});

export const presentMessages = ({ recipients, next }: RecipientPage): z.input<typeof MessagesAnswer> => ({
  messages: recipients.map(presentMessage),
  next,
});
/** Why one recipient got it, or did not. */
export function presentWhy(story: RecipientStory): z.input<typeof MessageAnswer> {
  const { resends, attempts, ...line } = story.message;
  const { frozenAtMs, scheduledAtMs, expiresAtMs, ...campaign } = story.campaign;
  return {
    ...presentMessage({ ...line, displayName: story.displayName, address: story.address, verdict: story.verdict }),
    resends,
    attempts: attempts.map(presentAttempt),
    campaign: { ...campaign, frozenAt: isoOrNull(frozenAtMs), scheduledAt: isoOrNull(scheduledAtMs), expiresAt: isoOf(expiresAtMs) },
    isActive: story.isActive,
    lists: story.lists.map(({ name, sinceMs }) => ({ name, since: isoOf(sinceMs) })),
    tags: [...story.tags],
    imported: story.imported && timed(story.imported),
    consents: story.consents.map(timed),
    suppressions: story.suppressions.map(timed),
    lastMarketing: story.lastMarketing && timed(story.lastMarketing),
    frozen: story.frozen && { ...story.frozen, parameters: [...story.frozen.parameters] },
    decisions: story.decisions.map(timed),
    replies: story.replies.map(timed),
    blocks: story.blocks.map(({ sinceMs, ...block }) => ({ ...block, since: isoOf(sinceMs) })),
  };
}
