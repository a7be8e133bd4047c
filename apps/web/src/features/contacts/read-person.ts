import type { ConsentWord } from "@herald/contacts";
import type { AddressKind, Channel, ContactId } from "@herald/kernel";
import { cache } from "react";
import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";

export type Proof = Readonly<Record<string, unknown>>;
export type Suppression = {
  readonly id: number;
  readonly channel: Channel;
  readonly kind: AddressKind;
  readonly value: string;
  readonly scope: "marketing" | "all";
  readonly reason: string;
  readonly at: string;
};
type PersonRow = {
  readonly id: ContactId;
  readonly display_name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly status: "active" | "deleted";
  readonly country: string | null;
  readonly created_at: string;
  readonly contact_addresses: readonly { readonly channel: Channel; readonly kind: AddressKind; readonly value: string }[];
  readonly contact_tags: readonly { readonly tag: string }[];
  readonly recipient_list_members: readonly {
    readonly added_at: string;
    readonly recipient_lists: { readonly id: string; readonly name: string };
  }[];
  readonly consent_states: readonly {
    readonly channel: Channel;
    readonly purpose: string;
    readonly state: "granted" | "withdrawn";
    readonly consents: { readonly id: number; readonly origin: string; readonly proof: Proof; readonly at: string };
  }[];
  readonly consents: readonly { readonly channel: Channel; readonly state: string; readonly origin: string; readonly at: string }[];
  readonly suppressions: readonly Suppression[];
  readonly service_windows: readonly { readonly open_until: string; readonly phone_numbers: { readonly display_number: string } }[];
};

const columns = `id, display_name, fields, status, country, created_at,
  contact_addresses(channel, kind, value), contact_tags(tag), recipient_list_members(added_at, recipient_lists(id, name)),
  consent_states(channel, purpose, state, consents(id, origin, proof, at)), consents(channel, state, origin, at),
  suppressions(id, channel, kind, value, scope, reason, at), service_windows(open_until, phone_numbers(display_number))`;
const registerColumns = "id, channel, kind, value, scope, reason, at";

/** Who opted the person out of marketing on WhatsApp, for whoever wonders whether it can be taken back. */
export type OptOutBy = "member" | "person" | "import";
export type Person = PersonRow & {
  readonly consent: ConsentWord;
  /** Null: not opted out. */
  readonly optedOutBy: OptOutBy | null;
  /** What a lift would bring back. */
  readonly consentBefore: "granted" | "none";
};

/** One person with all that is known; null when nobody of this workspace has the id. Read once for title and page. */
export const readKnownPerson = cache(readPerson);

async function readPerson({ db, workspaceId }: Member, contactId: ContactId): Promise<Person | null> {
  const [row] = rowsOf(
    await db.from("contacts").select(columns).eq("workspace_id", workspaceId).eq("id", contactId).limit(1),
  ) as unknown as readonly PersonRow[];
  if (!row) return null;
  const suppressions = await withAddresses(db, workspaceId, row);
  const suppressedHere = suppressions.filter(({ channel }) => channel === "whatsapp");
  const state = row.consent_states.find(({ channel, purpose }) => channel === "whatsapp" && purpose === "marketing");
  const isOut = suppressedHere.length > 0 || state?.state === "withdrawn";
  return {
    ...row,
    suppressions,
    consent: isOut ? "withdrawn" : (state?.state ?? "none"),
    optedOutBy: isOut ? optedOutBy(row, suppressedHere) : null,
    consentBefore: row.consents.some(
      ({ channel, origin, state: said }) => channel === "whatsapp" && origin !== "operator" && said === "granted",
    )
      ? "granted"
      : "none",
  };
}

/** An opt-out may have named an address before anybody had it: it counts for whoever has it now. */
async function withAddresses(db: Member["db"], workspaceId: string, row: PersonRow): Promise<readonly Suppression[]> {
  const addresses = row.contact_addresses;
  if (addresses.length === 0) return row.suppressions;
  const named = rowsOf(
    await db
      .from("suppressions")
      .select(registerColumns)
      .eq("workspace_id", workspaceId)
      .in("channel", [...new Set(addresses.map(({ channel }) => channel))])
      .in("kind", [...new Set(addresses.map(({ kind }) => kind))])
      .in("value", [...new Set(addresses.map(({ value }) => value))]),
  ) as unknown as readonly Suppression[];
  return [...new Map([...row.suppressions, ...named].map((one) => [one.id, one])).values()];
}

const ownWords = ["stop_word", "provider_preference"];

/** As `herald.lift_opt_out_as_member` has it, which decides. */
function optedOutBy({ consents, consent_states }: PersonRow, suppressions: readonly Suppression[]): OptOutBy {
  const own = consents
    .filter(({ channel, origin }) => channel === "whatsapp" && ownWords.includes(origin))
    .toSorted((one, other) => other.at.localeCompare(one.at) || other.state.localeCompare(one.state));
  if (own[0]?.state === "withdrawn" || suppressions.some(({ reason }) => reason !== "operator")) return "person";
  const current = consent_states.find(({ channel, purpose }) => channel === "whatsapp" && purpose === "marketing");
  const imported = consents.findLast(({ channel, origin }) => channel === "whatsapp" && origin !== "operator");
  return current?.consents.origin === "operator" && imported?.state !== "withdrawn" ? "member" : "import";
}
