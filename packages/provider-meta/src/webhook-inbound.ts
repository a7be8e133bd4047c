import type { InboundEvent, ProviderEvent } from "@herald/provider";
import { z } from "zod";
import { type Contact, identitiesOf, readTime, token, unknownEvent } from "./webhook-parts.ts";

const option = z.object({ id: z.string().nullish(), title: z.string().nullish() }).nullish().catch(null);
const captioned = z.object({ caption: z.string().nullish() }).nullish().catch(null);

const messageSchema = z.object({
  id: z.string().min(1),
  from: z.string().nullish().catch(null),
  from_user_id: z.string().nullish().catch(null),
  from_parent_user_id: z.string().nullish().catch(null),
  timestamp: z.unknown().optional(),
  type: z.string().nullish().catch(null),
  context: z.object({ id: z.string().nullish() }).nullish().catch(null),
  text: z.object({ body: z.string().nullish() }).nullish().catch(null),
  button: z.object({ payload: z.string().nullish(), text: z.string().nullish() }).nullish().catch(null),
  interactive: z
    .object({
      type: z.string().nullish().catch(null),
      button_reply: option,
      list_reply: option,
      nfm_reply: z.object({ response_json: z.string().nullish() }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  reaction: z.object({ message_id: z.string().nullish(), emoji: z.string().nullish() }).nullish().catch(null),
  image: captioned,
  video: captioned,
  document: captioned,
});
type Message = z.infer<typeof messageSchema>;

/**
 * One item of `messages[]`: something a person did. Notices of the system about a person (a changed number) are kept as unknown.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function parseInbound(raw: unknown, contacts: readonly Contact[], entryAtMs: number): ProviderEvent {
  const message = messageSchema.safeParse(raw).data;
  if (!message || message.type === "system") return unknownEvent("messages", message?.type);
  const contact = contactOf(message, contacts);
  const from = identitiesOf(
    message.from ?? contact?.wa_id,
    message.from_user_id ?? contact?.user_id,
    message.from_parent_user_id ?? contact?.parent_user_id,
  );
  if (from.length === 0) return unknownEvent("messages", "nobody");
  return {
    kind: "inbound",
    providerMessageId: message.id,
    atMs: readTime(message.timestamp) ?? entryAtMs,
    from,
    profileName: contact?.profile?.name ?? null,
    ...contentOf(message),
    repliesToProviderMessageId: message.context?.id ?? message.reaction?.message_id ?? null,
  };
}

/** The contact that the message names; the only contact there is, when the message names nobody. */
function contactOf(message: Message, contacts: readonly Contact[]): Contact | undefined {
  const named = contacts.find(
    (contact) => (message.from && contact.wa_id === message.from) || (message.from_user_id && contact.user_id === message.from_user_id),
  );
  return named ?? (!message.from && !message.from_user_id && contacts.length === 1 ? contacts[0] : undefined);
}

type Content = Pick<InboundEvent, "type" | "text" | "buttonPayload">;

function contentOf(message: Message): Content {
  const type = token(message.type) ?? "unknown";
  if (type === "button") return { type, text: message.button?.text ?? null, buttonPayload: message.button?.payload ?? null };
  if (type === "interactive") return interactiveContent(message.interactive);
  const caption = message.image?.caption ?? message.video?.caption ?? message.document?.caption;
  return { type, text: message.text?.body ?? caption ?? message.reaction?.emoji ?? null, buttonPayload: null };
}

function interactiveContent(interactive: Message["interactive"]): Content {
  const type = token(interactive?.type) ?? "interactive";
  if (type === "nfm_reply") return { type, text: null, buttonPayload: interactive?.nfm_reply?.response_json ?? null };
  const chosen = interactive?.button_reply ?? interactive?.list_reply;
  return { type, text: chosen?.title ?? null, buttonPayload: chosen?.id ?? null };
}
