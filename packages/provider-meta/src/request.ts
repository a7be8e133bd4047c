import { type Address, err, ok, type Result } from "@herald/kernel";
import type { OutgoingMessage, Parameter, RecipientParameters, SenderAccount } from "@herald/provider";

/** Limit of `biz_opaque_callback_data`. Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
const maxOpaqueIdLength = 512;

/** What cannot be sent as it stands. `class` is the refusal Meta would have answered with. */
export type Unsendable = { readonly type: "unsendable"; readonly class: "ROW" | "NUMBER" | "TOKEN"; readonly detail: string };

const unsendable = (refusal: Unsendable["class"], detail: string): Unsendable => ({ type: "unsendable", class: refusal, detail });

type MetaParameter = Record<string, unknown>;
type MetaComponent = {
  readonly type: "header" | "body" | "button";
  readonly sub_type?: "url";
  readonly index?: string;
  readonly parameters: readonly MetaParameter[];
};

/** The account's credential as it may stand in a path and a header; checked because both would otherwise carry whatever was typed. */
export function checkAccount(account: SenderAccount): Result<SenderAccount, Unsendable> {
  if (!/^\d{1,32}$/.test(account.providerNumberId)) return err(unsendable("NUMBER", "the phone number id is not a number"));
  if (!/^[\x21-\x7e]+$/.test(account.accessToken))
    return err(unsendable("TOKEN", "the access token is empty or holds characters that no header can carry"));
  return ok(account);
}

/**
 * The JSON of one template message for `POST /{phone-number-id}/messages`.
 * Throws when `opaqueId` is longer than 512 characters: we make it, so that is a defect.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages and …/business-scoped-user-ids
 */
export function buildMessage(message: OutgoingMessage): Result<string, Unsendable> {
  if (message.opaqueId.length > maxOpaqueIdLength)
    throw new Error(`opaque id of ${message.opaqueId.length} characters; ${maxOpaqueIdLength} are allowed`);
  const recipient = recipientOf(message.to);
  if (!recipient.ok) return recipient;
  const components = componentsOf(message);
  if (!components.ok) return components;
  const { name, language } = message.template;
  return ok(
    JSON.stringify({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      ...recipient.value,
      type: "template",
      biz_opaque_callback_data: message.opaqueId,
      template: { name, language: { code: language }, ...(components.value.length > 0 ? { components: components.value } : {}) },
    }),
  );
}

/** A number without `+` would get the sender's own country code from Meta and reach a stranger, so it is never sent. */
function recipientOf(to: Address): Result<{ to: string } | { recipient: string }, Unsendable> {
  if (to.channel === "whatsapp" && to.kind === "phone" && /^\+[1-9]\d{6,14}$/.test(to.value)) return ok({ to: to.value });
  if (to.channel === "whatsapp" && to.kind === "bsuid" && /^[A-Z]{2}\.[A-Za-z0-9.]{1,132}$/.test(to.value))
    return ok({ recipient: to.value });
  return err(unsendable("ROW", "the address is neither an E.164 number with + nor a business-scoped user id"));
}

function componentsOf(message: OutgoingMessage): Result<readonly MetaComponent[], Unsendable> {
  const { body, buttons = [] } = message.parameters;
  const header = headerOf(message);
  if (!header.ok) return header;
  const components: MetaComponent[] = [];
  if (header.value.length > 0) components.push({ type: "header", parameters: header.value });
  if (body.length > 0) components.push({ type: "body", parameters: textParameters(message, body) });
  for (const { index, urlSuffix } of buttons) {
    components.push({ type: "button", sub_type: "url", index, parameters: [{ type: "text", text: urlSuffix }] });
  }
  return ok(components);
}

function headerOf(message: OutgoingMessage): Result<readonly MetaParameter[], Unsendable> {
  const kind = message.template.headerKind;
  const { header = [], headerMediaUrl }: RecipientParameters = message.parameters;
  if (kind === "none") return ok([]);
  if (kind === "text") return ok(textParameters(message, header));
  if (headerMediaUrl === undefined)
    return err(unsendable("ROW", `the template's header needs the link of ${kind === "image" ? "an" : "a"} ${kind}`));
  return ok([{ type: kind, [kind]: { link: headerMediaUrl } }]);
}

/** Positional values go by the order of the array, so they are put in the order of their numbers; named ones carry their name. */
function textParameters(message: OutgoingMessage, parameters: readonly Parameter[]): readonly MetaParameter[] {
  if (message.template.parameterFormat === "named")
    return parameters.map(({ name, value }) => ({ type: "text", parameter_name: name, text: value }));
  return parameters.toSorted((a, b) => Number(a.name) - Number(b.name)).map(({ value }) => ({ type: "text", text: value }));
}
