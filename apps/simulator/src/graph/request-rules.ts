import { err, ok, type Result } from "@herald/kernel";
import { type Addressee, bsuidAddressee, isBsuid, type PrefixRules, phoneAddressee, readPhone } from "../people/address.ts";
import { type GraphError, parameterError, whatsappError } from "./errors.ts";
import { isFilled, isPlain, readTemplateRequest, spell, type TemplateRequest } from "./template-request.ts";

/** The business number a request is posted to. `callingCode` is put before recipients written without `+`. */
export type SenderOfRequest = {
  readonly e164: string;
  readonly callingCode: string;
  readonly businessId: string;
  readonly prefixes: PrefixRules;
};

export type SendRequest = {
  readonly kind: "template" | "text";
  readonly addressee: Addressee;
  /** The recipient as the client wrote it, echoed in `contacts[].input`. */
  readonly input: string;
  readonly opaqueId: string | null;
  /** Present exactly when `kind` is `template`. */
  readonly template: TemplateRequest | null;
  /** Present exactly when `kind` is `text`. */
  readonly text: string | null;
};
export type ReadMarkRequest = { readonly kind: "mark_read"; readonly wamid: string };

/** Who and what a request claims to be about, readable even when it is refused; this is what truth books it under. */
export type Claims = { readonly recipient: string | null; readonly opaqueId: string | null };

const maxOpaqueLength = 512;
const maxTextLength = 4096;
/** Types Meta knows. Only the first two are simulated, the rest answer 131051. */
const messageTypes = [
  "template",
  "text",
  "audio",
  "contacts",
  "document",
  "image",
  "interactive",
  "location",
  "reaction",
  "sticker",
  "video",
] as const;
const knownKeys = new Set<string>([
  ...messageTypes,
  "messaging_product",
  "recipient_type",
  "to",
  "recipient",
  "type",
  "context",
  "biz_opaque_callback_data",
  "status",
  "message_id",
  "typing_indicator",
]);

export function claimsOf(body: unknown, sender: SenderOfRequest | null): Claims {
  if (!isPlain(body)) return { recipient: null, opaqueId: null };
  const to = body["to"];
  const phone = isFilled(to) && sender !== null ? readPhone(to, sender.callingCode) : null;
  const named = phone ?? (isFilled(to) ? to : body["recipient"]);
  return {
    recipient: isFilled(named) ? named : null,
    opaqueId: isFilled(body["biz_opaque_callback_data"]) ? body["biz_opaque_callback_data"] : null,
  };
}

/** Whether a body is the read mark of an inbound message, which is no message and takes no throughput. */
export const isReadMark = (body: unknown): boolean => isPlain(body) && body["status"] !== undefined;

/**
 * The rules of `POST /{phone_number_id}/messages` that need no template.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages; `recipient` (BSUID) from
 * …/whatsapp/business-scoped-user-ids; 512 characters of opaque data from docs/whatsapp/cloud-api/reference/messages.
 */
export function checkRequest(body: unknown, sender: SenderOfRequest): Result<SendRequest | ReadMarkRequest, GraphError> {
  if (!isPlain(body)) return err(parameterError("Invalid JSON payload."));
  const unexpected = Object.keys(body).find((key) => !knownKeys.has(key));
  if (unexpected !== undefined) return err(parameterError(`Unexpected key "${unexpected}" on param "".`));
  if (!isFilled(body["messaging_product"])) return err(parameterError("The parameter messaging_product is required."));
  if (body["messaging_product"] !== "whatsapp")
    return err(parameterError(`Param messaging_product must be one of {WHATSAPP} - got "${spell(body["messaging_product"])}".`));
  if (isReadMark(body)) return checkReadMark(body);

  const addressee = checkAddressee(body, sender);
  if (!addressee.ok) return addressee;
  const opaqueId = body["biz_opaque_callback_data"] ?? null;
  if (opaqueId !== null && typeof opaqueId !== "string") return err(parameterError("Param biz_opaque_callback_data must be a string."));
  if (opaqueId !== null && opaqueId.length > maxOpaqueLength)
    return err(parameterError(`Param biz_opaque_callback_data must be at most ${maxOpaqueLength} characters long.`));

  const type = body["type"] ?? "text";
  if (!messageTypes.some((each) => each === type))
    return err(parameterError(`Param type must be one of {${messageTypes.join(", ").toUpperCase()}} - got "${spell(type)}".`));
  const who = { addressee: addressee.value, input: spell(body["to"] ?? body["recipient"]), opaqueId };
  if (type === "template") {
    const template = readTemplateRequest(body["template"]);
    return template.ok ? ok({ kind: "template", ...who, template: template.value, text: null }) : template;
  }
  if (type !== "text") return err(whatsappError(131051, `Unsupported message type: this simulator does not send ${spell(type)}.`));
  const text = readText(body["text"]);
  return text.ok ? ok({ kind: "text", ...who, template: null, text: text.value }) : text;
}

function checkReadMark(body: Record<string, unknown>): Result<ReadMarkRequest, GraphError> {
  if (body["status"] !== "read") return err(parameterError(`Param status must be one of {READ} - got "${spell(body["status"])}".`));
  const wamid = body["message_id"];
  return isFilled(wamid) && wamid.startsWith("wamid.")
    ? ok({ kind: "mark_read", wamid })
    : err(parameterError("The parameter message_id is required."));
}

/** If both are present `to` wins and `recipient` is ignored. */
function checkAddressee(body: Record<string, unknown>, sender: SenderOfRequest): Result<Addressee, GraphError> {
  const recipientType = body["recipient_type"] ?? "individual";
  if (recipientType !== "individual") return err(whatsappError(131051, `Recipient type ${spell(recipientType)} is not supported.`));
  const { to, recipient } = body;
  if (isFilled(to)) {
    const phone = readPhone(to, sender.callingCode);
    if (phone === null) return err(whatsappError(131009, "Parameter to is not a valid WhatsApp phone number."));
    return phone === sender.e164 ? err(whatsappError(131021)) : ok(phoneAddressee(sender.businessId, phone, sender.prefixes));
  }
  if (!isFilled(recipient)) return err(parameterError("The parameter to is required."));
  return isBsuid(recipient)
    ? ok(bsuidAddressee(recipient))
    : err(whatsappError(131009, "Parameter recipient is not a business-scoped user id."));
}

function readText(text: unknown): Result<string, GraphError> {
  if (!isPlain(text) || !isFilled(text["body"])) return err(parameterError("The parameter text['body'] is required."));
  return text["body"].length > maxTextLength
    ? err(parameterError(`Param text['body'] must be at most ${maxTextLength} characters long.`))
    : ok(text["body"]);
}
