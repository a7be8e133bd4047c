import type { BusinessNumber } from "../config.ts";
import { catalogueEntry } from "../graph/error-catalogue.ts";
import { profileNameOf } from "../people/profile.ts";
import type { AcceptedMessage } from "../truth/events.ts";
import type { InboundUpdate, PlannedUpdate, StatusUpdate } from "./updates.ts";

/** What payloads need to know besides the updates themselves. */
export type PayloadContext = {
  readonly messageOf: (wamid: string) => AcceptedMessage;
  readonly numberOf: (phoneNumberId: string) => BusinessNumber;
  /** Whether `biz_opaque_callback_data` is echoed on `failed`: Meta's pages promise it for the other statuses only. */
  readonly opaqueOnFailed: boolean;
};

type Json = Record<string, unknown>;
type Value = Json & { contacts?: Json[]; statuses?: Json[]; messages?: Json[] };
/** One element of `changes`, with the users its `contacts` already name. */
type Change = { readonly value: Value; readonly namedUsers: Set<string> };

/** The business number an update belongs to. */
export const phoneNumberIdOf = (update: PlannedUpdate, context: Pick<PayloadContext, "messageOf">): string =>
  update.kind === "inbound" ? update.phoneNumberId : context.messageOf(update.wamid).phoneNumberId;

/**
 * One webhook body for many updates: an entry per WABA, in it a change per number and kind (receipts with contacts, failures without,
 * inbound messages). Shape of webhook v24 and later: no `conversation`.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages and …/messages/status
 */
export function composePayload(updates: readonly PlannedUpdate[], context: PayloadContext): Json {
  const changesByWaba = new Map<string, Map<string, Change>>();
  for (const update of updates) {
    const number = context.numberOf(phoneNumberIdOf(update, context));
    const changes = getOrAdd(changesByWaba, number.wabaId, () => new Map<string, Change>());
    const kind = update.kind === "inbound" ? "messages" : update.status === "failed" ? "failed" : "receipts";
    const change = getOrAdd(changes, `${number.phoneNumberId} ${kind}`, () => emptyChange(number));
    const { value } = change;
    if (update.kind === "inbound") {
      addContact(change, update.waId, update.userId);
      (value.messages ??= []).push(inboundMessage(update, number));
      continue;
    }
    const message = context.messageOf(update.wamid);
    if (update.status !== "failed") addContact(change, message.waId, message.userId);
    (value.statuses ??= []).push(receipt(update, message, context.opaqueOnFailed));
  }
  const entry = [...changesByWaba].map(([wabaId, changes]) => ({
    id: wabaId,
    changes: [...changes.values()].map(({ value }) => ({ value, field: "messages" })),
  }));
  return { object: "whatsapp_business_account", entry };
}

const emptyChange = (number: BusinessNumber): Change => ({
  value: {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.displayPhoneNumber.slice(1), phone_number_id: number.phoneNumberId },
  },
  namedUsers: new Set(),
});

function addContact({ value, namedUsers }: Change, waId: string | null, userId: string): void {
  if (namedUsers.has(userId)) return;
  namedUsers.add(userId);
  (value.contacts ??= []).push({ profile: { name: profileNameOf(userId) }, ...(waId === null ? {} : { wa_id: waId }), user_id: userId });
}

function receipt(update: StatusUpdate, message: AcceptedMessage, opaqueOnFailed: boolean): Json {
  const hasFailed = update.status === "failed";
  return {
    id: update.wamid,
    status: update.status,
    timestamp: unixSeconds(update.occurredAtMs),
    ...(message.waId === null ? {} : { recipient_id: message.waId }),
    ...(hasFailed && message.waId !== null ? {} : { recipient_user_id: message.userId }),
    ...(message.opaqueId === null || (hasFailed && !opaqueOnFailed) ? {} : { biz_opaque_callback_data: message.opaqueId }),
    ...(update.hasPricing ? { pricing: { billable: true, pricing_model: "PMP", type: "regular", category: message.category } } : {}),
    ...(update.failure === null ? {} : { errors: [failureOf(update.failure.code, update.failure.details)] }),
  };
}

function failureOf(code: number, scriptedDetails: string | null): Json {
  const { title, details } = catalogueEntry(code);
  return {
    code,
    title,
    message: title,
    error_data: { details: scriptedDetails ?? details ?? title },
    href: "/documentation/business-messaging/whatsapp/support/error-codes",
  };
}

function inboundMessage(update: InboundUpdate, number: BusinessNumber): Json {
  const { content } = update;
  return {
    ...(update.contextWamid === null ? {} : { context: { from: number.displayPhoneNumber.slice(1), id: update.contextWamid } }),
    ...(update.waId === null ? {} : { from: update.waId }),
    from_user_id: update.userId,
    id: update.wamid,
    timestamp: unixSeconds(update.occurredAtMs),
    type: content.type,
    ...(content.type === "text" ? { text: { body: content.text } } : { button: { payload: content.payload, text: content.text } }),
  };
}

const unixSeconds = (atMs: number): string => String(Math.floor(atMs / 1000));

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
