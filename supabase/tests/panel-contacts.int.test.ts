import { aMember } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

type Tenant = Launched & { readonly userId: string };

let db: LawDatabase;
let own: Tenant;
let foreign: Tenant;
beforeAll(async () => {
  db = await lawDatabase();
  own = await aTenant();
  foreign = await aTenant();
});
afterAll(() => db?.drop());

async function aTenant(): Promise<Tenant> {
  const sending = await aSending(db.owner);
  const { userId } = await aMember(db.owner, sending.workspaceId, "viewer");
  return { ...(await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 3))), userId };
}

const asMember = <T>(tenant: Tenant, work: (client: pg.Client) => Promise<T>): Promise<T> => db.asApi("authenticated", tenant.userId, work);

type Event = { readonly key: string; readonly at: Date; readonly kind: string; readonly facts: Record<string, unknown> };
type Page = { readonly after?: Event | undefined; readonly limit?: number; readonly isOldestFirst?: boolean };
const timeline = async (
  client: pg.Client,
  contactId: string,
  { after, limit = 50, isOldestFirst = false }: Page = {},
): Promise<readonly Event[]> =>
  (
    await client.query<Event>("select * from contact_timeline($1, $2, $3, $4, $5, $6)", [
      own.workspaceId,
      contactId,
      after?.at,
      after?.key,
      isOldestFirst,
      limit,
    ])
  ).rows;

/** Somebody with one of everything that may happen. */
async function somebody(): Promise<string> {
  const { rows } = await db.owner.query<{ id: string }>(
    `with batch as (insert into import_batches (workspace_id, file_name, mapping, created_at) values ($1, 'vip.csv', '{}', '2026-03-03') returning id),
      person as (insert into contacts (workspace_id, display_name, country, import_batch_id, created_at) select $1, 'Ana', 'XK', id, '2026-03-03' from batch returning id),
      list as (insert into recipient_lists (workspace_id, name) values ($1, 'VIPs of this test') returning id),
      joined as (insert into recipient_list_members (workspace_id, recipient_list_id, contact_id, added_at) select $1, list.id, person.id, '2026-03-03' from list, person),
      tagged as (insert into contact_tags (workspace_id, contact_id, tag) select $1, id, unnest(array['zz-one', 'zz-two']) from person),
      agreed as (insert into consents (workspace_id, contact_id, channel, state, origin, proof, at)
        select $1, person.id, 'whatsapp', 'granted', 'import', jsonb_build_object('file', 'vip.csv', 'row', 18, 'importBatchId', batch.id), '2026-03-03' from person, batch),
      wrote as (insert into inbound_messages (workspace_id, provider_message_id, sender_id, contact_id, inbox_id, type, at)
        select $1, 'wamid.of.this.test', $2, id, 1, 'text', '2026-03-05' from person),
      reached as (insert into contact_addresses (workspace_id, contact_id, channel, kind, value) select $1, id, 'whatsapp', 'phone', '+38344000001' from person)
    select id from person`,
    [own.workspaceId, own.senderId],
  );
  return rows[0]?.id ?? "";
}

test("a person's timeline tells everything once, newest first, and is walked page by page", async () => {
  const contactId = await somebody();
  await asMember(own, async (client) => {
    const whole = await timeline(client, contactId);
    expect(whole.map(({ kind }) => kind)).toEqual(["inbound", "consent", "listed", "imported", "added"]);
    expect(whole.find(({ kind }) => kind === "imported")?.facts).toMatchObject({ fileName: "vip.csv", row: 18 });
    expect(JSON.stringify(whole), "the provider's id holds the person's number").not.toContain("wamid");
    for (const isOldestFirst of [false, true]) {
      const walked: Event[] = [];
      const next = () => timeline(client, contactId, { after: walked.at(-1), limit: 2, isOldestFirst });
      for (let page = await next(); page.length > 0; page = await next()) walked.push(...page);
      expect(walked).toEqual(isOldestFirst ? whole.toReversed() : whole);
    }
  });
});

test("the messages of a person are found in every campaign, with state and reason", async () => {
  const { rows } = await db.owner.query<{ contact_id: string; n: number }>(
    "select contact_id, count(*)::int as n from campaign_messages where workspace_id = $1 group by 1 order by 2 desc limit 1",
    [own.workspaceId],
  );
  const [most] = rows;
  if (!most) throw new Error("somebody was sent something");
  const messages = await asMember(own, async (client) =>
    (await timeline(client, most.contact_id)).filter(({ kind }) => kind === "message"),
  );
  expect(messages).toHaveLength(most.n);
  expect(messages[0]?.facts).toMatchObject({ campaignId: expect.any(String), campaignName: expect.any(String), state: expect.any(String) });
});

test("tags and countries that are in use are named once, in order", async () => {
  await asMember(own, async (client) => {
    const { rows } = await client.query<{ tag: string }>("select contact_tag_names($1) as tag", [own.workspaceId]);
    expect(rows.map(({ tag }) => tag)).toEqual(["zz-one", "zz-two"]);
    const countries = (await client.query("select contact_countries($1) as country", [own.workspaceId])).rows.map(({ country }) => country);
    expect(countries).toContain("XK");
  });
});

test("L10: a member of another workspace gets nothing of it, and the anonymous may not ask", async () => {
  const { rows } = await db.owner.query<{ id: string }>("select id from contacts where workspace_id = $1", [own.workspaceId]);
  await asMember(foreign, async (client) => {
    for (const { id } of rows) expect(await timeline(client, id)).toEqual([]);
    for (const call of ["contact_tag_names", "contact_countries"])
      expect((await client.query(`select ${call}($1)`, [own.workspaceId])).rows).toEqual([]);
  });
  await db.asApi("anon", null, async (client) => {
    await expect(client.query("select contact_tag_names($1)", [own.workspaceId])).rejects.toMatchObject({ code: "42501" });
  });
  const verbs = { workspaceId: own.workspaceId, userId: foreign.userId };
  await db.asProduct("verbs", verbs, async (client) => {
    expect((await client.query("select herald.find_contacts($1, '{}', null, null, 10)", [own.workspaceId])).rows).toEqual([]);
    expect((await client.query("select * from herald.count_contacts($1, '{}', 10)", [own.workspaceId])).rows).toEqual([
      { people: 0, is_exact: true },
    ]);
    await expect(client.query("select herald.lift_opt_out_as_member($1, '{}')", [rows[0]?.id])).rejects.toMatchObject({ code: "HE403" });
  });
});

test("of very many people nobody counts on, and the count says so", async () => {
  await db.asProduct("verbs", own, async (client) => {
    expect((await client.query("select * from herald.count_contacts($1, '{}', 2)", [own.workspaceId])).rows).toEqual([
      { people: 2, is_exact: false },
    ]);
  });
});
