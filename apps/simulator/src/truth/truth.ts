import { type PlannedUpdate, type ReceiptStatus, receiptStatuses } from "../webhooks/updates.ts";
import type { AcceptedMessage, SimulationEvent } from "./events.ts";

/** An accepted request and what its receiver has been told since. Receipts are bit sets over `receiptStatuses`. */
export type Send = AcceptedMessage & {
  readonly atMs: number;
  emitted: number;
  acknowledged: number;
  repliesEmitted: number;
  repliesAcknowledged: number;
};

export type Refusal = { readonly code: number; readonly recipient: string | null; readonly atMs: number };

/** All requests under one opaque id; a request without one has a record of its own. */
export type MessageRecord = {
  readonly opaqueId: string | null;
  readonly phoneNumberId: string;
  readonly recipients: (string | null)[];
  requests: number;
  readonly firstRequestAtMs: number;
  lastRequestAtMs: number;
  readonly sends: Send[];
  readonly refusals: Refusal[];
  readonly dropped: { readonly recipient: string | null }[];
};

/** All requests for one recipient. */
export type RecipientRecord = {
  readonly recipient: string;
  requests: number;
  decided: number;
  accepted: number;
  readonly messages: MessageRecord[];
};

type CountByStatus = Record<ReceiptStatus, number>;
const noStatuses = (): CountByStatus => ({ sent: 0, delivered: 0, read: 0, failed: 0 });
const bitOf = (status: ReceiptStatus): number => 1 << receiptStatuses.indexOf(status);

export const statusesIn = (bits: number): ReceiptStatus[] => receiptStatuses.filter((status) => (bits & bitOf(status)) !== 0);

type RequestEvent = Extract<SimulationEvent, { event: "accepted" | "refused" | "dropped" }>;

/** The simulator's own books: who asked for what, what was answered, what was told and confirmed. Shares nothing with the product it audits. */
export class Truth {
  readonly messages: MessageRecord[] = [];
  readonly recipients: RecipientRecord[] = [];
  readonly totals = { requests: 0, accepted: 0, refused: 0, dropped: 0 };
  readonly refusedByCode = new Map<number, number>();
  readonly failedByCode = new Map<number, number>();
  readonly receipts = { emitted: noStatuses(), acknowledged: noStatuses() };
  readonly replies = { emitted: 0, acknowledged: 0 };
  readonly inbound = { emitted: 0, acknowledged: 0 };
  readonly recipientsAcceptedAgain = new Set<string>();
  readonly opaqueIdsAcceptedAgain = new Set<string>();
  readonly #messageByOpaqueId = new Map<string, MessageRecord>();
  readonly #recipientByAddress = new Map<string, RecipientRecord>();
  readonly #sendByWamid = new Map<string, Send>();
  readonly #inboundTold = new Map<number, "emitted" | "acknowledged">();

  get opaqueIds(): number {
    return this.#messageByOpaqueId.size;
  }

  messageOf(opaqueId: string): MessageRecord | undefined {
    return this.#messageByOpaqueId.get(opaqueId);
  }

  recipientOf(address: string): RecipientRecord | undefined {
    return this.#recipientByAddress.get(address);
  }

  sendOf(wamid: string): Send | undefined {
    return this.#sendByWamid.get(wamid);
  }

  /** Books one request. `totals.requests` is always accepted + refused + dropped. */
  bookRequest(request: RequestEvent): void {
    const about = request.event === "accepted" ? request.message : request;
    const message = this.#messageFor(about.opaqueId, about.phoneNumberId, request.atMs);
    message.requests += 1;
    message.lastRequestAtMs = Math.max(message.lastRequestAtMs, request.atMs);
    if (!message.recipients.includes(about.recipient)) message.recipients.push(about.recipient);
    const recipient = about.recipient === null ? null : this.#recipientFor(about.recipient, message);
    if (recipient !== null) recipient.requests += 1;
    if (recipient !== null && (request.event === "accepted" || request.isScripted)) recipient.decided += 1;
    this.totals.requests += 1;
    this.totals[request.event] += 1;

    if (request.event === "accepted") this.#bookAcceptance(request, message, recipient);
    else if (request.event === "dropped") message.dropped.push({ recipient: request.recipient });
    else {
      message.refusals.push({ code: request.code, recipient: request.recipient, atMs: request.atMs });
      increment(this.refusedByCode, request.code);
    }
  }

  /** Books that an update has left in a POST; repeating it changes nothing. Deliberate duplicates are not booked here. */
  bookEmission(update: PlannedUpdate): void {
    if (update.isDuplicate) return;
    const send = this.#sendByWamid.get(update.kind === "status" ? update.wamid : (update.scriptedFor ?? ""));
    if (update.kind === "inbound") {
      if (this.#inboundTold.has(update.updateId)) return;
      this.#inboundTold.set(update.updateId, "emitted");
      if (update.scriptedFor === null) this.inbound.emitted += 1;
      else this.replies.emitted += 1;
      if (send !== undefined) send.repliesEmitted += 1;
      return;
    }
    if (send === undefined || (send.emitted & bitOf(update.status)) !== 0) return;
    send.emitted |= bitOf(update.status);
    this.receipts.emitted[update.status] += 1;
    if (update.failure !== null) increment(this.failedByCode, update.failure.code);
  }

  /** Books that the POST with this update was answered by exactly 200. */
  bookAcknowledgement(update: PlannedUpdate): void {
    this.bookEmission(update);
    if (update.isDuplicate) return;
    const send = this.#sendByWamid.get(update.kind === "status" ? update.wamid : (update.scriptedFor ?? ""));
    if (update.kind === "inbound") {
      if (this.#inboundTold.get(update.updateId) === "acknowledged") return;
      this.#inboundTold.set(update.updateId, "acknowledged");
      if (update.scriptedFor === null) this.inbound.acknowledged += 1;
      else this.replies.acknowledged += 1;
      if (send !== undefined) send.repliesAcknowledged += 1;
      return;
    }
    if (send === undefined || (send.acknowledged & bitOf(update.status)) !== 0) return;
    send.acknowledged |= bitOf(update.status);
    this.receipts.acknowledged[update.status] += 1;
  }

  #bookAcceptance(request: Extract<RequestEvent, { event: "accepted" }>, message: MessageRecord, recipient: RecipientRecord | null): void {
    const send: Send = { ...request.message, atMs: request.atMs, emitted: 0, acknowledged: 0, repliesEmitted: 0, repliesAcknowledged: 0 };
    message.sends.push(send);
    this.#sendByWamid.set(send.wamid, send);
    if (message.opaqueId !== null && message.sends.length > 1) this.opaqueIdsAcceptedAgain.add(message.opaqueId);
    if (recipient === null) return;
    recipient.accepted += 1;
    if (recipient.accepted > 1) this.recipientsAcceptedAgain.add(recipient.recipient);
  }

  #messageFor(opaqueId: string | null, phoneNumberId: string, atMs: number): MessageRecord {
    const known = opaqueId === null ? undefined : this.#messageByOpaqueId.get(opaqueId);
    if (known !== undefined) return known;
    const message: MessageRecord = {
      opaqueId,
      phoneNumberId,
      recipients: [],
      requests: 0,
      firstRequestAtMs: atMs,
      lastRequestAtMs: atMs,
      sends: [],
      refusals: [],
      dropped: [],
    };
    this.messages.push(message);
    if (opaqueId !== null) this.#messageByOpaqueId.set(opaqueId, message);
    return message;
  }

  #recipientFor(address: string, message: MessageRecord): RecipientRecord {
    let recipient = this.#recipientByAddress.get(address);
    if (recipient === undefined) {
      recipient = { recipient: address, requests: 0, decided: 0, accepted: 0, messages: [] };
      this.recipients.push(recipient);
      this.#recipientByAddress.set(address, recipient);
    }
    if (!recipient.messages.includes(message)) recipient.messages.push(message);
    return recipient;
  }
}

const increment = (counts: Map<number, number>, code: number): void => void counts.set(code, (counts.get(code) ?? 0) + 1);
