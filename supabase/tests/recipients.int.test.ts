import type { ExportLine, RecipientFilter } from "@herald/campaign";
import type { CampaignId, ContactId, MessageId } from "@herald/kernel";
import { createVerbs, type VerbPorts, type Verbs } from "@herald/postgres";
import { aMember } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { readsBy, settleReads } from "./support/reads.ts";

const recipients = 100_000;
const skipped = 2000;
const failed = 500;

let db: LawDatabase;
let owner: pg.Client;
let campaign: Launched;
let verbs: Verbs;
let actor: Awaited<ReturnType<typeof aMember>>;

// one person in 1,000 is an Inês, and each number ends in the person's own
const contactsSql = `
  insert into contacts (id, workspace_id, display_name, status) select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, $1,
    case when n % 1000 = 0 then 'Inês Duarte ' else 'Person ' end || n, 'active' from generate_series(1, $2::int) n`;
const addressesSql = `
  insert into contact_addresses (workspace_id, contact_id, channel, kind, value)
  select $1, ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 'whatsapp', 'phone', '+35191' || lpad(n::text, 7, '0') from generate_series(1, $2::int) n`;
const messagesSql = `
  insert into campaign_messages (workspace_id, campaign_id, contact_id, state, receipt, attempt, reason, chunk_no, entry_no)
  select $1, $2, ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid,
    case when n % 50 = 7 then 'skipped' when n % 200 = 9 then 'failed' else 'accepted' end::message_state,
    case when n % 50 = 7 or n % 200 = 9 then null when n % 3 = 0 then 'read' else 'delivered' end::message_receipt, case when n % 50 = 7 then 0 else 1 end,
    case when n % 50 = 7 then 'opted_out' when n % 200 = 9 then 'CONTACT' end, n / 1000, n % 1000
  from generate_series(1, $3::int) n`;
const attemptsSql = `
  insert into campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by, settled_at, outcome, code, class)
  select id, 1, workspace_id, campaign_id, 1, now(), now(), now(), state::text, case when state = 'failed' then '131026' end, reason
  from campaign_messages where campaign_id = $1 and attempt = 1`;

beforeAll(async () => {
  db = await lawDatabase();
  const sending = await aSending(db.owner);
  actor = await aMember(db.owner, sending.workspaceId, "viewer");
  campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 1));
  const client = await db.connect("owner");
  // past the triggers, which would take a minute
  await client.query("begin; set local session_replication_role = replica");
  await client.query(contactsSql, [campaign.workspaceId, recipients]);
  await client.query(addressesSql, [campaign.workspaceId, recipients]);
  await client.query("delete from campaign_messages where campaign_id = $1", [campaign.campaignId]);
  await client.query(messagesSql, [campaign.workspaceId, campaign.campaignId, recipients]);
  await client.query(attemptsSql, [campaign.campaignId]);
  await client.query("commit");
  await db.owner.query("vacuum (analyze) campaign_messages, campaign_attempts, contacts, contact_addresses");
  owner = await db.connect("owner");
  await settleReads(db.owner, owner, client);
  verbs = createVerbs({ url: db.urls.verbs, applicationName: "test-recipients", maxConnections: 1 });
});
afterAll(async () => {
  await verbs?.close();
  await db?.drop();
});

const anybody: RecipientFilter = { buckets: null, reason: null, code: null, search: null, messageIds: null };
type Asked = Partial<RecipientFilter> & { readonly after?: ContactId | null; readonly limit?: number };
const pageOf = ({ after = null, limit = 100, ...filter }: Asked) => ({ after, limit, filter: { ...anybody, ...filter } });
const campaignId = () => campaign.campaignId as CampaignId;
const page = (asked: Asked = {}) =>
  verbs.inTransaction(actor, campaign.workspaceId, ({ recipients: port }: VerbPorts) => port.page(campaignId(), pageOf(asked)));
/** The same, with all that was read of messages and attempts. */
const readPage = (asked: Asked = {}) =>
  readsBy(owner, async (applicationName) => {
    const fresh = createVerbs({ url: db.urls.verbs, applicationName, maxConnections: 1 });
    try {
      return await fresh.inTransaction(actor, campaign.workspaceId, ({ recipients: port }) => port.page(campaignId(), pageOf(asked)));
    } finally {
      await fresh.close();
    }
  });

describe("a page of 100,000 recipients", () => {
  test("reads what it shows and nothing else, and goes on where the one before ended", async () => {
    const first = await readPage();
    const second = await readPage({ after: first.value.at(-1)?.contactId ?? null });
    expect(new Set([...first.value, ...second.value].map(({ messageId }) => messageId)).size).toBe(200);
    for (const { reads } of [first, second]) {
      expect(reads.wholeScans).toBe(0);
      // the row of the list, found again by its id, and its newest attempt
      expect(reads.rows).toBeLessThanOrEqual(500);
    }
  });

  test("of what did not simply go well reads only that, also for a reason or a code", async () => {
    const leftOut = await readPage({ buckets: ["skipped"] });
    expect(new Set(leftOut.value.map(({ reason }) => reason))).toEqual(new Set(["opted_out"]));
    const byCode = await readPage({ reason: "CONTACT", code: "131026", limit: 1000 });
    expect(byCode.value).toHaveLength(failed);
    for (const { reads } of [leftOut, byCode]) {
      expect(reads.wholeScans).toBe(0);
      expect(reads.rows).toBeLessThanOrEqual(4 * (skipped + failed));
    }
  });

  test("a name is found as it is spoken, a number by any of its digits, without reading the campaign", async () => {
    const byName = await readPage({ search: "ines duarte" });
    expect(byName.value).toHaveLength(recipients / 1000);
    const byPhone = await readPage({ search: "(351) 910-043 217" });
    expect(byPhone.value.map(({ displayName }) => displayName)).toEqual(["Person 43217"]);
    for (const { reads } of [byName, byPhone]) {
      expect(reads.wholeScans).toBe(0);
      // the next thousand recipients are asked, then who was found is read
      expect(reads.rows).toBeLessThanOrEqual(1500);
    }
  });

  test("a search within a state finds who is both", async () => {
    const found = await page({ search: "Person 9", buckets: ["failed"], limit: 1000 });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ state, displayName }) => state === "failed" && displayName?.startsWith("Person 9"))).toBe(true);
  });

  test("what is typed is text and nothing else", async () => {
    for (const search of ["%", "_", "'; drop table contacts; --", "\\", '"', "a' or '1'='1"])
      expect(await page({ search, reason: "' or true --", code: "x" }), search).toEqual([]);
  });

  test("every bucket holds who belongs to it, and together they hold everybody", async () => {
    const [read, delivered] = [await page({ buckets: ["read"] }), await page({ buckets: ["delivered"] })];
    expect(new Set(read.map(({ receipt }) => receipt))).toEqual(new Set(["read"]));
    expect(new Set(delivered.map(({ receipt }) => receipt))).toEqual(new Set(["delivered"]));
    expect(await page({ buckets: ["accepted"] })).toEqual([]);
    expect((await page({ buckets: ["accepted", "delivered", "failed", "skipped"], limit: 10 })).length).toBe(10);
  });

  test("rows in sight are asked for again by their ids", async () => {
    const shown = (await page({ limit: 3 })).map(({ messageId }) => messageId);
    const again = await page({ messageIds: shown });
    expect(again.map(({ messageId }) => messageId)).toEqual(shown);
    expect(await page({ messageIds: ["999999999" as MessageId] })).toEqual([]);
  });
});

describe("L10", () => {
  test("a member of another workspace finds nobody, neither here nor by naming this workspace", async () => {
    const foreign = await aSending(db.owner);
    const stranger = await aMember(db.owner, foreign.workspaceId);
    const asked = ({ recipients: port }: VerbPorts) => port.page(campaignId(), pageOf({ search: "Person" }));
    expect(await verbs.inTransaction(stranger, foreign.workspaceId, asked)).toEqual([]);
    expect(await verbs.inTransaction(stranger, campaign.workspaceId, asked)).toEqual([]);
    const one = ({ recipients: port }: VerbPorts) => port.find(campaignId(), "1" as MessageId);
    expect(await verbs.inTransaction(stranger, foreign.workspaceId, one)).toBeNull();
    const whole = ({ recipients: port }: VerbPorts) => port.exportPage(campaignId(), { after: null, limit: 10 });
    expect(await verbs.inTransaction(stranger, foreign.workspaceId, whole)).toEqual([]);
  });

  test("the API has no way to the search", async () => {
    await db.asApi("authenticated", actor.userId, async (client) => {
      await expect(client.query("select herald.find_recipients($1, '{}', null, 1)", [campaign.campaignId])).rejects.toMatchObject({
        code: "42501",
      });
    });
  });
});

test("a campaign of 100,000 is exported in pages, everybody once", async () => {
  const seen = new Set<string>();
  for (let after: ContactId | null = null; ; ) {
    const cursor: ContactId | null = after;
    const rows: readonly ExportLine[] = await verbs.inTransaction(actor, campaign.workspaceId, ({ recipients: port }) =>
      port.exportPage(campaignId(), { after: cursor, limit: 20_000 }),
    );
    for (const { messageId } of rows) seen.add(messageId);
    if (rows.length < 20_000) break;
    after = rows.at(-1)?.contactId ?? null;
  }
  expect(seen.size).toBe(recipients);
});
