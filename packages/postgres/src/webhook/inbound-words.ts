import type { MessageProvider } from "@herald/provider";
import type { Sql } from "../connect/sql.ts";
import { bodiesSql } from "./projections.sql.ts";

export type ProvidersByName = Readonly<Record<string, Pick<MessageProvider, "parseWebhook">>>;

/** Where an inbound message's words are: its id, and the stored webhook that brought it first. */
type Spoken = { readonly providerMessageId: string; readonly inboxId: string };
export type StoredWords = {
  /** Null when it had none, or when its webhook is kept no longer. */
  readonly of: (spoken: Spoken) => string | null;
};
type BodyRow = { readonly inboxId: string; readonly provider: string; readonly body: Uint8Array };

/** Bodies in memory at once; each has up to 3 MB. */
const maxBytes = 4_000_000;

/** The words of messages, read once from each of their webhooks, a few megabytes at a time. */
export async function readWords(sql: Sql, providersByName: ProvidersByName, rows: readonly Spoken[]): Promise<StoredWords> {
  const textsByPlace = new Map<string, string | null>(rows.map((row) => [placeOf(row), null]));
  const inboxIds = [...new Set(rows.map(({ inboxId }) => inboxId))];
  for (let read = 0, last = "0"; read < inboxIds.length; ) {
    const bodies = await sql<BodyRow>(bodiesSql, [inboxIds, last, maxBytes]);
    // kept no longer
    if (bodies.length === 0) break;
    for (const { inboxId, provider, body } of bodies) {
      for (const { providerMessageId, text } of inboundOf(providersByName, provider, body)) {
        const place = placeOf({ inboxId, providerMessageId });
        if (textsByPlace.has(place)) textsByPlace.set(place, text);
      }
      last = inboxId;
    }
    read += bodies.length;
  }
  return { of: (spoken) => textsByPlace.get(placeOf(spoken)) ?? null };
}

const placeOf = ({ inboxId, providerMessageId }: Spoken): string => `${inboxId}/${providerMessageId}`;

function inboundOf(providersByName: ProvidersByName, provider: string, body: Uint8Array) {
  const parsed = providersByName[provider]?.parseWebhook(body);
  return parsed?.kind === "events" ? parsed.groups.flatMap(({ events }) => events.filter((event) => event.kind === "inbound")) : [];
}
