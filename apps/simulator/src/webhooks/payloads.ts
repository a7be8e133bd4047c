import type { BusinessNumber } from "../config/config.ts";
import { catalogueEntry } from "../graph/error-catalogue.ts";
import type { ShownIdentity } from "../people/identity.ts";
import { profileNameOf } from "../people/profile.ts";
import type { AcceptedMessage } from "../truth/events.ts";
import type { InboundUpdate, NoticeUpdate, PlannedUpdate, StatusUpdate } from "./updates.ts";

/** What payloads need to know besides the updates themselves. */
export type PayloadContext = {
  readonly messageOf: (wamid: string) => AcceptedMessage;
  readonly numberOf: (phoneNumberId: string) => BusinessNumber;
  /** How a user may be named. */
  readonly shownAs: (waId: string | null, userId: string) => ShownIdentity;
  /** Whether `biz_opaque_callback_data` is echoed on `failed`: Meta's pages promise it for the other statuses only. */
  readonly opaqueOnFailed: boolean;
};

type Json = Record<string, unknown>;
type Value = Json & { contacts?: Json[]; statuses?: Json[]; messages?: Json[] };
/** One element of `changes`, with the users its `contacts` already name. */
type Change = { readonly value: Value; readonly namedUsers: Set<string> };

/** The business number that messages and receipts belong to. */
export const phoneNumberIdOf = (update: Exclude<PlannedUpdate, NoticeUpdate>, context: Pick<PayloadContext, "messageOf">): string =>
  update.kind === "inbound" ? update.phoneNumberId : context.messageOf(update.wamid).phoneNumberId;

/** What one WABA is told in one POST. */
type Entry = { readonly changes: Map<string, Change>; readonly notices: NoticeUpdate[] };

/**
 * One webhook body for many updates: an entry per WABA, in it a change per number and kind (receipts with contacts, failures without,
 * inbound messages) and one per notice. Shape of webhook v24 and later: no `conversation`.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages and …/messages/status
 */
export function composePayload(updates: readonly PlannedUpdate[], context: PayloadContext): Json {
  const entries = new Map<string, Entry>();
  const entryOf = (wabaId: string): Entry => getOrAdd(entries, wabaId, () => ({ changes: new Map<string, Change>(), notices: [] }));
  for (const update of updates) {
    if (update.kind === "notice") {
      entryOf(update.wabaId).notices.push(update);
      continue;
    }
    const number = context.numberOf(phoneNumberIdOf(update, context));
    const kind = update.kind === "inbound" ? "messages" : update.status === "failed" ? "failed" : "receipts";
    const change = getOrAdd(entryOf(number.wabaId).changes, `${number.phoneNumberId} ${kind}`, () => emptyChange(number));
    if (update.kind === "inbound") {
      addContact(change, context, update);
      (change.value.messages ??= []).push(inboundMessage(update, number, context.shownAs(update.waId, update.userId)));
      continue;
    }
    const message = context.messageOf(update.wamid);
    if (update.status !== "failed") addContact(change, context, message);
    (change.value.statuses ??= []).push(receipt(update, message, context));
  }
  return { object: "whatsapp_business_account", entry: [...entries].map(([wabaId, entry]) => entryBody(wabaId, entry)) };
}

function entryBody(wabaId: string, { changes, notices }: Entry): Json {
  const told = [...changes.values()].map(({ value }) => ({ value, field: "messages" }));
  if (notices.length === 0) return { id: wabaId, changes: told };
  const time = Math.floor(Math.min(...notices.map((each) => each.occurredAtMs)) / 1000);
  return { id: wabaId, time, changes: [...told, ...notices.map(({ value, field }) => ({ value, field }))] };
}

const emptyChange = (number: BusinessNumber): Change => ({
  value: {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.displayPhoneNumber.slice(1), phone_number_id: number.phoneNumberId },
  },
  namedUsers: new Set(),
});

function addContact(
  { value, namedUsers }: Change,
  { shownAs }: Pick<PayloadContext, "shownAs">,
  person: { readonly waId: string | null; readonly userId: string },
): void {
  if (namedUsers.has(person.userId)) return;
  namedUsers.add(person.userId);
  const { waId, userId } = shownAs(person.waId, person.userId);
  (value.contacts ??= []).push({
    profile: { name: profileNameOf(person.userId) },
    ...(waId === null ? {} : { wa_id: waId }),
    ...(userId === null ? {} : { user_id: userId }),
  });
}

/** A failure of a message sent to a phone number names that number and no user id, whatever else is hidden. */
function receipt(update: StatusUpdate, message: AcceptedMessage, { shownAs, opaqueOnFailed }: PayloadContext): Json {
  const hasFailed = update.status === "failed";
  const shown = hasFailed && message.waId !== null ? { waId: message.waId, userId: null } : shownAs(message.waId, message.userId);
  return {
    id: update.wamid,
    status: update.status,
    timestamp: unixSeconds(update.occurredAtMs),
    ...(shown.waId === null ? {} : { recipient_id: shown.waId }),
    ...(shown.userId === null ? {} : { recipient_user_id: shown.userId }),
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

function inboundMessage(update: InboundUpdate, number: BusinessNumber, shown: ShownIdentity): Json {
  const { content } = update;
  return {
    ...(update.contextWamid === null ? {} : { context: { from: number.displayPhoneNumber.slice(1), id: update.contextWamid } }),
    ...(shown.waId === null ? {} : { from: shown.waId }),
    ...(shown.userId === null ? {} : { from_user_id: shown.userId }),
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
