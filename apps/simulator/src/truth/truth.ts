import { type PlannedUpdate, type ReceiptStatus, receiptStatuses } from "../webhooks/updates.ts";
import type { AcceptedMessage, AmbiguousAnswer, SimulationEvent } from "./events.ts";

/** An accepted request and what its receiver has been told since. Receipts are bit sets over `receiptStatuses`. */
export type Send = Omit<AcceptedMessage, "failedCode"> & {
  readonly atMs: number;
  failedCode: number | null;
  /** What quality assessment made of it; null when it was not held. */
  hold: "held" | "released" | "dropped" | null;
  /** When the `failed` receipt first left. */
  failedToldAtMs: number | null;
  emitted: number;
  acknowledged: number;
  repliesEmitted: number;
  repliesAcknowledged: number;
};

export type Drop = { readonly recipient: string | null; readonly atMs: number; readonly how: AmbiguousAnswer };
export type Refusal = { readonly code: number; readonly recipient: string | null; readonly atMs: number };

/** All requests under one opaque id; a request without one has a record of its own. */
export type MessageRecord = {
  readonly opaqueId: string | null;
  readonly phoneNumberId: string;
  recipients: readonly (string | null)[];
  requests: number;
  readonly firstRequestAtMs: number;
  lastRequestAtMs: number;
  sends: readonly Send[];
  refusals: readonly Refusal[];
  dropped: readonly Drop[];
};

/** All requests for one recipient. */
export type RecipientRecord = {
  readonly recipient: string;
  requests: number;
  decided: number;
  accepted: number;
  messages: readonly MessageRecord[];
};

/** All authenticated sends of one business number. */
export type NumberRecord = {
  readonly phoneNumberId: string;
  requests: number;
  accepted: number;
  refused: number;
  dropped: number;
  readonly firstRequestAtMs: number;
  lastRequestAtMs: number;
  readonly refusedByCode: Map<number, number>;
};

/** Most lists of a record stay empty or hold one thing; a million records share this one until then. */
const none: readonly never[] = [];

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
  readonly notices = { emitted: 0, acknowledged: 0 };
  readonly held = { held: 0, released: 0, dropped: 0 };
  readonly numbers = new Map<string, NumberRecord>();
  readonly recipientsAcceptedAgain = new Set<string>();
  readonly opaqueIdsAcceptedAgain = new Set<string>();
  readonly #messageByOpaqueId = new Map<string, MessageRecord>();
  readonly #recipientByAddress = new Map<string, RecipientRecord>();
  readonly #sendByWamid = new Map<string, Send>();
  /** Of inbound messages and notices, which belong to no send. */
  readonly #toldById = new Map<number, "emitted" | "acknowledged">();

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
    if (!message.recipients.includes(about.recipient)) message.recipients = [...message.recipients, about.recipient];
    const recipient = about.recipient === null ? null : this.#recipientFor(about.recipient, message);
    if (recipient !== null) recipient.requests += 1;
    if (recipient !== null && (request.event === "accepted" || request.isScripted)) recipient.decided += 1;
    this.totals.requests += 1;
    this.totals[request.event] += 1;
    if (request.event === "accepted" || request.isMetered) this.#bookNumber(about.phoneNumberId, request);

    if (request.event === "accepted") this.#bookAcceptance(request, message, recipient);
    else if (request.event === "dropped")
      message.dropped = [...message.dropped, { recipient: request.recipient, atMs: request.atMs, how: request.how }];
    else {
      message.refusals = [...message.refusals, { code: request.code, recipient: request.recipient, atMs: request.atMs }];
      increment(this.refusedByCode, request.code);
    }
  }

  /** Books what became of messages that were held for quality assessment. */
  bookUnheld({ wamids, outcome, failedCodes }: Extract<SimulationEvent, { event: "unheld" }>): void {
    for (const wamid of wamids) {
      const send = this.#sendByWamid.get(wamid);
      if (send === undefined) continue;
      send.hold = outcome;
      send.failedCode = failedCodes[wamid] ?? null;
      this.held.held -= 1;
      this.held[outcome] += 1;
    }
  }

  /** Books that an update has left in a POST; repeating it changes nothing. Deliberate duplicates are not booked here. */
  bookEmission(update: PlannedUpdate, atMs: number): void {
    if (update.isDuplicate) return;
    if (update.kind !== "status") {
      if (this.#toldById.has(update.updateId)) return;
      this.#toldById.set(update.updateId, "emitted");
      this.#countsOf(update).emitted += 1;
      const send = update.kind === "inbound" ? this.#sendByWamid.get(update.scriptedFor ?? "") : undefined;
      if (send !== undefined) send.repliesEmitted += 1;
      return;
    }
    const send = this.#sendByWamid.get(update.wamid);
    if (send === undefined || (send.emitted & bitOf(update.status)) !== 0) return;
    send.emitted |= bitOf(update.status);
    this.receipts.emitted[update.status] += 1;
    if (update.failure === null) return;
    send.failedToldAtMs = atMs;
    increment(this.failedByCode, update.failure.code);
  }

  /** Books that the POST with this update was answered by exactly 200. */
  bookAcknowledgement(update: PlannedUpdate, atMs: number): void {
    this.bookEmission(update, atMs);
    if (update.isDuplicate) return;
    if (update.kind !== "status") {
      if (this.#toldById.get(update.updateId) === "acknowledged") return;
      this.#toldById.set(update.updateId, "acknowledged");
      this.#countsOf(update).acknowledged += 1;
      const send = update.kind === "inbound" ? this.#sendByWamid.get(update.scriptedFor ?? "") : undefined;
      if (send !== undefined) send.repliesAcknowledged += 1;
      return;
    }
    const send = this.#sendByWamid.get(update.wamid);
    if (send === undefined || (send.acknowledged & bitOf(update.status)) !== 0) return;
    send.acknowledged |= bitOf(update.status);
    this.receipts.acknowledged[update.status] += 1;
  }

  #countsOf(update: Exclude<PlannedUpdate, { kind: "status" }>): { emitted: number; acknowledged: number } {
    if (update.kind === "notice") return this.notices;
    return update.scriptedFor === null ? this.inbound : this.replies;
  }

  #bookAcceptance(request: Extract<RequestEvent, { event: "accepted" }>, message: MessageRecord, recipient: RecipientRecord | null): void {
    const send: Send = {
      ...request.message,
      atMs: request.atMs,
      hold: request.hold === null ? null : "held",
      failedToldAtMs: null,
      emitted: 0,
      acknowledged: 0,
      repliesEmitted: 0,
      repliesAcknowledged: 0,
    };
    if (send.hold !== null) this.held.held += 1;
    message.sends = [...message.sends, send];
    this.#sendByWamid.set(send.wamid, send);
    if (message.opaqueId !== null && message.sends.length > 1) this.opaqueIdsAcceptedAgain.add(message.opaqueId);
    if (recipient === null) return;
    recipient.accepted += 1;
    if (recipient.accepted > 1) this.recipientsAcceptedAgain.add(recipient.recipient);
  }

  #bookNumber(phoneNumberId: string, request: RequestEvent): void {
    const { atMs } = request;
    let number = this.numbers.get(phoneNumberId);
    if (number === undefined) {
      const counts = { requests: 0, accepted: 0, refused: 0, dropped: 0 };
      number = { phoneNumberId, ...counts, firstRequestAtMs: atMs, lastRequestAtMs: atMs, refusedByCode: new Map() };
      this.numbers.set(phoneNumberId, number);
    }
    number.requests += 1;
    number[request.event] += 1;
    number.lastRequestAtMs = Math.max(number.lastRequestAtMs, atMs);
    if (request.event === "refused") increment(number.refusedByCode, request.code);
  }

  #messageFor(opaqueId: string | null, phoneNumberId: string, atMs: number): MessageRecord {
    const known = opaqueId === null ? undefined : this.#messageByOpaqueId.get(opaqueId);
    if (known !== undefined) return known;
    const message: MessageRecord = {
      opaqueId,
      phoneNumberId,
      recipients: none,
      requests: 0,
      firstRequestAtMs: atMs,
      lastRequestAtMs: atMs,
      sends: none,
      refusals: none,
      dropped: none,
    };
    this.messages.push(message);
    if (opaqueId !== null) this.#messageByOpaqueId.set(opaqueId, message);
    return message;
  }

  #recipientFor(address: string, message: MessageRecord): RecipientRecord {
    let recipient = this.#recipientByAddress.get(address);
    if (recipient === undefined) {
      recipient = { recipient: address, requests: 0, decided: 0, accepted: 0, messages: none };
      this.recipients.push(recipient);
      this.#recipientByAddress.set(address, recipient);
    }
    if (!recipient.messages.includes(message)) recipient.messages = [...recipient.messages, message];
    return recipient;
  }
}

const increment = (counts: Map<number, number>, code: number): void => void counts.set(code, (counts.get(code) ?? 0) + 1);
