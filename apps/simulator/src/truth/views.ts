import type { ReceiptStatus } from "../webhooks/updates.ts";
import { type MessageRecord, type RecipientRecord, type Send, statusesIn } from "./truth.ts";

type CountByStatus = Record<ReceiptStatus, number>;

/** One page of a list in the order things were first seen; `nextCursor` is null on the last page. */
export function pageRows<Item, Row>(
  items: readonly Item[],
  cursor: number,
  limit: number,
  view: (item: Item) => Row,
): { rows: Row[]; nextCursor: string | null } {
  const end = cursor + limit;
  return { rows: items.slice(cursor, end).map(view), nextCursor: end < items.length ? String(end) : null };
}

/** What truth knows under one opaque id. */
export type MessageRow = ReturnType<typeof messageRow>;
/** What truth knows of one recipient. */
export type RecipientRow = ReturnType<typeof recipientRow>;

export const messageRow = (message: MessageRecord) => ({
  opaqueId: message.opaqueId,
  phoneNumberId: message.phoneNumberId,
  recipients: message.recipients,
  requests: message.requests,
  firstRequestAtMs: message.firstRequestAtMs,
  lastRequestAtMs: message.lastRequestAtMs,
  accepted: message.sends.map(sendRow),
  refused: message.refusals,
  dropped: message.dropped.length,
  droppedAt: message.dropped,
});

/** What the answer said in `message_status`; nothing for free-form messages. */
function messageStatusOf({ category, hold }: Send): "accepted" | "held_for_quality_assessment" | null {
  if (category === "service") return null;
  return hold === null ? "accepted" : "held_for_quality_assessment";
}

const sendRow = (send: Send) => ({
  wamid: send.wamid,
  recipient: send.recipient,
  waId: send.waId,
  userId: send.userId,
  atMs: send.atMs,
  answer: send.answer,
  receiptsEmitted: statusesIn(send.emitted),
  receiptsAcknowledged: statusesIn(send.acknowledged),
  failedCode: send.failedCode,
  failedToldAtMs: send.failedToldAtMs,
  messageStatus: messageStatusOf(send),
  hold: send.hold,
  repliesEmitted: send.repliesEmitted,
  repliesAcknowledged: send.repliesAcknowledged,
});

export function recipientRow({ recipient, requests, messages }: RecipientRecord) {
  const isTheirs = (each: { readonly recipient: string | null }): boolean => each.recipient === recipient;
  const sends = messages.flatMap((message) => message.sends.filter(isTheirs));
  const sum = (count: (send: Send) => number): number => sends.reduce((total, send) => total + count(send), 0);
  const byStatus = (bits: (send: Send) => number): CountByStatus => {
    const counts: CountByStatus = { sent: 0, delivered: 0, read: 0, failed: 0 };
    for (const send of sends) for (const status of statusesIn(bits(send))) counts[status] += 1;
    return counts;
  };
  return {
    recipient,
    requests,
    accepted: sends.map((send) => send.wamid),
    refusedCodes: messages.flatMap((message) => message.refusals.filter(isTheirs).map((refusal) => refusal.code)),
    dropped: messages.flatMap((message) => message.dropped.filter(isTheirs)).length,
    opaqueIds: messages.map((message) => message.opaqueId).filter((opaqueId) => opaqueId !== null),
    receiptsEmitted: byStatus((send) => send.emitted),
    receiptsAcknowledged: byStatus((send) => send.acknowledged),
    repliesEmitted: sum((send) => send.repliesEmitted),
    repliesAcknowledged: sum((send) => send.repliesAcknowledged),
  };
}
