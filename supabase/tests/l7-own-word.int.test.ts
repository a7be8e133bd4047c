import { consentRefusal, consentState } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aSending, people, type Sending } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
let engine: pg.Client;
let sending: Sending;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  sending = await aSending(db.owner);
});
afterAll(() => db?.drop());

type Word = "stop" | "resume";
const noonMs = 1_800_000_000_000;
const minuteMs = 60_000;

async function aPerson(): Promise<string> {
  const [contactId] = await people(db.owner, sending.workspaceId, 1);
  if (contactId === undefined) throw new Error("nobody was made");
  return contactId;
}

/** What a person tells the provider, at a time of the provider; delivered whenever this is called. */
async function says(contactId: string, marketing: Word, atMs: number): Promise<void> {
  const { rows: from } = await db.owner.query("select channel, kind, value from contact_addresses where contact_id = $1", [contactId]);
  await engine.query("select herald.record_preference($1, $2, $3)", [
    sending.workspaceId,
    sending.senderId,
    JSON.stringify({ atMs, from, marketing }),
  ]);
}

async function imports(contactId: string, state: "granted" | "withdrawn", atMs: number): Promise<void> {
  await db.owner.query(
    `with written as (insert into consents (workspace_id, contact_id, channel, state, origin, at)
       values ($1, $2, 'whatsapp', $3, 'import', to_timestamp($4 / 1000.0)) returning id)
     insert into consent_states (workspace_id, contact_id, channel, state, consent_id) select $1, $2, 'whatsapp', $3, id from written
     on conflict (contact_id, channel, purpose) do update set state = excluded.state, consent_id = excluded.consent_id`,
    [sending.workspaceId, contactId, state, atMs],
  );
}

const suppress = (
  contactId: string,
  more: { readonly channel?: string; readonly scope?: string; readonly reason?: string; readonly atMs: number },
) =>
  db.owner.query(
    `insert into suppressions (workspace_id, contact_id, channel, kind, value, scope, reason, at)
     values ($1, $2::uuid, $3, 'phone', $2::text, $4, $5, to_timestamp($6 / 1000.0))`,
    [sending.workspaceId, contactId, more.channel ?? "whatsapp", more.scope ?? "marketing", more.reason ?? "stop_word", more.atMs],
  );

/** Why the gate refuses the person marketing; null when it does not. */
const refusal = (contactId: string) => consentRefusal(db.owner, sending.workspaceId, contactId);

const proofs = async (contactId: string) =>
  (
    await db.owner.query("select state from consents where contact_id = $1 and origin = 'provider_preference' order by id", [contactId])
  ).rows.map(({ state }) => state);

test("a stop that is delivered after an import is obeyed with its proof, whatever time the import bears", async () => {
  const contactId = await aPerson();
  await imports(contactId, "granted", noonMs + 60 * minuteMs);
  await says(contactId, "stop", noonMs);
  expect(await refusal(contactId)).toBe("opted_out");
  await says(contactId, "stop", noonMs);
  expect(await proofs(contactId), "delivered again, it is proved once").toEqual(["withdrawn"]);
  expect(await consentState(db.owner, contactId)).toBe("withdrawn");
});

test.each<readonly Word[]>([
  ["resume", "stop"],
  ["stop", "resume"],
])("of two words in one second the stop counts: %s, then %s", async (...words) => {
  const contactId = await aPerson();
  for (const word of words) await says(contactId, word, noonMs);
  expect(await refusal(contactId)).toBe("opted_out");
});

test("a stop older than the person's own resume is not obeyed again; a resume older than a stop lifts nothing", async () => {
  const [resumed, stopped] = [await aPerson(), await aPerson()];
  await says(resumed, "stop", noonMs);
  await says(resumed, "resume", noonMs + minuteMs);
  await says(resumed, "stop", noonMs);
  expect(await refusal(resumed)).toBeNull();
  await says(stopped, "stop", noonMs + minuteMs);
  await says(stopped, "resume", noonMs);
  expect(await refusal(stopped)).toBe("opted_out");
});

test("a resume yields to a withdrawal that was imported since, and not to an import that granted", async () => {
  const [withdrawn, granted] = [await aPerson(), await aPerson()];
  for (const contactId of [withdrawn, granted]) await says(contactId, "stop", noonMs);
  await imports(withdrawn, "withdrawn", noonMs + 2 * minuteMs);
  await imports(granted, "granted", noonMs + 2 * minuteMs);
  for (const contactId of [withdrawn, granted]) await says(contactId, "resume", noonMs + minuteMs);
  expect(await refusal(withdrawn)).toBe("opted_out");
  expect(await refusal(granted)).toBeNull();
});

test("a resume lifts the person's earlier stop of marketing here; not one of everything, of another channel, of somebody else, or a newer one", async () => {
  const contactId = await aPerson();
  await says(contactId, "stop", noonMs);
  await suppress(contactId, { scope: "all", atMs: noonMs });
  await suppress(contactId, { channel: "sms", atMs: noonMs });
  const [newer, operator] = [await aPerson(), await aPerson()];
  await suppress(newer, { atMs: noonMs + minuteMs });
  await suppress(operator, { reason: "operator", atMs: noonMs });
  for (const each of [contactId, newer, operator]) await says(each, "resume", noonMs + minuteMs);
  const left = async (id: string) =>
    (await db.owner.query("select channel, scope from suppressions where contact_id = $1 order by channel", [id])).rows;
  expect(await left(contactId)).toEqual([
    { channel: "sms", scope: "marketing" },
    { channel: "whatsapp", scope: "all" },
  ]);
  expect(await left(newer)).toHaveLength(1);
  expect(await left(operator)).toHaveLength(1);
});

test("a second stop makes the suppression as new as itself", async () => {
  const contactId = await aPerson();
  await says(contactId, "stop", noonMs);
  await says(contactId, "stop", noonMs + 2 * minuteMs);
  const { rows } = await db.owner.query<{ at: Date }>("select at from suppressions where contact_id = $1", [contactId]);
  expect(rows.map(({ at }) => at.getTime())).toEqual([noonMs + 2 * minuteMs]);
});
