import type { ParsedWebhook, ProviderEvent } from "@herald/provider";
import { z } from "zod";
import { parseJson } from "./answer.ts";
import { parseAccountChange } from "./webhook-account.ts";
import { parseInbound } from "./webhook-inbound.ts";
import { contactsOf, identitiesOf, listOf, readTime, token, unknownEvent } from "./webhook-parts.ts";
import { parseStatus } from "./webhook-status.ts";

const envelope = z.object({ entry: z.array(z.unknown()) });
const entrySchema = z.object({
  id: z.union([z.string(), z.number()]).nullish().catch(null),
  time: z.unknown().optional(),
  changes: z.array(z.unknown()).nullish(),
});
const changeSchema = z.object({ field: z.string().nullish().catch(null), value: z.record(z.string(), z.unknown()).nullish().catch(null) });
const metadataSchema = z.object({ phone_number_id: z.string().min(1) });
const preferenceSchema = z.object({
  wa_id: z.string().nullish(),
  user_id: z.string().nullish(),
  parent_user_id: z.string().nullish(),
  category: z.string().nullish(),
  value: z.enum(["stop", "resume"]),
  timestamp: z.unknown().optional(),
});

/**
 * Reads what Meta posts, up to 1,000 updates in one body. Each item is read on its own, so a strange one never costs its neighbours; it is kept as an unknown event.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export function parseWebhook(rawBody: Uint8Array): ParsedWebhook {
  const body = envelope.safeParse(parseJson(new TextDecoder().decode(rawBody)));
  if (!body.success) return { kind: "unreadable", reason: "no JSON object with a list of entries" };
  const eventsByNumber = new Map<string | null, ProviderEvent[]>();
  for (const entry of body.data.entry) {
    for (const { providerNumberId, events } of parseEntry(entry)) {
      const known = eventsByNumber.get(providerNumberId) ?? [];
      for (const event of events) known.push(event);
      eventsByNumber.set(providerNumberId, known);
    }
  }
  return { kind: "events", groups: Array.from(eventsByNumber, ([providerNumberId, events]) => ({ providerNumberId, events })) };
}

type Group = { readonly providerNumberId: string | null; readonly events: readonly ProviderEvent[] };

function parseEntry(raw: unknown): readonly Group[] {
  const entry = entrySchema.safeParse(raw).data;
  if (!entry?.changes) return [{ providerNumberId: null, events: [unknownEvent("entry")] }];
  const entryAtMs = readTime(entry.time) ?? 0;
  return entry.changes.map((change) => parseChange(change, String(entry.id ?? ""), entryAtMs));
}

function parseChange(raw: unknown, providerAccountId: string, entryAtMs: number): Group {
  const change = changeSchema.safeParse(raw).data;
  const value = change?.value ?? {};
  const field = token(change?.field) ?? "change";
  const ofAccount = parseAccountChange(field, value, { providerAccountId, atMs: entryAtMs });
  if (ofAccount !== null) return { providerNumberId: null, events: ofAccount };
  const providerNumberId = metadataSchema.safeParse(value["metadata"]).data?.phone_number_id ?? null;
  const events =
    field === "messages" ? parseMessages(value, entryAtMs) : field === "user_preferences" ? parsePreferences(value, entryAtMs) : [];
  return { providerNumberId, events: events.length > 0 ? events : [unknownEvent(field)] };
}

function parseMessages(value: Readonly<Record<string, unknown>>, entryAtMs: number): readonly ProviderEvent[] {
  const contacts = contactsOf(value["contacts"]);
  return [
    ...listOf(value["messages"]).map((message) => parseInbound(message, contacts, entryAtMs)),
    ...listOf(value["statuses"]).flatMap((status) => parseStatus(status, entryAtMs)),
    ...listOf(value["errors"]).map(() => unknownEvent("messages.errors")),
  ];
}

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences */
function parsePreferences(value: Readonly<Record<string, unknown>>, entryAtMs: number): readonly ProviderEvent[] {
  return listOf(value["user_preferences"]).map((raw) => {
    const preference = preferenceSchema.safeParse(raw).data;
    const from = preference ? identitiesOf(preference.wa_id, preference.user_id, preference.parent_user_id) : [];
    const isMarketing = (preference?.category ?? "marketing_messages") === "marketing_messages";
    if (!preference || !isMarketing || from.length === 0) return unknownEvent("user_preferences");
    return { kind: "preference", atMs: readTime(preference.timestamp) ?? entryAtMs, from, marketing: preference.value };
  });
}
