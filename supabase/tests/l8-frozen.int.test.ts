import { aMember } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grant, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
let campaign: Launched;
let userId: string;
let extraContactId: string;
beforeAll(async () => {
  db = await lawDatabase();
  const sending = await aSending(db.owner);
  const contactIds = await people(db.owner, sending.workspaceId, 5);
  campaign = await launched(db.owner, sending, contactIds.slice(1));
  extraContactId = contactIds[0] ?? "";
  ({ userId } = await aMember(db.owner, sending.workspaceId, "owner"));
});
afterAll(() => db?.drop());

const frozenSql = `
  select jsonb_build_object('history', (select jsonb_agg(to_jsonb(h) - array['status', 'started_at', 'finished_at', 'pause_reasons', 'scheduled_at', 'staging_degraded_at', 'run_no']) from campaign_history h where id = $1),
    'chunks', (select jsonb_agg(to_jsonb(c) order by chunk_no) from campaign_chunks c where campaign_id = $1),
    'controls', (select jsonb_agg(to_jsonb(c) - array['flag', 'control_seq', 'epoch']) from campaign_controls c where campaign_id = $1),
    'recipients', (select jsonb_agg(jsonb_build_array(id, contact_id, chunk_no, entry_no) order by id) from campaign_messages where campaign_id = $1)) as frozen`;
const frozen = async (db: pg.Pool | pg.Client) => (await db.query(frozenSql, [campaign.campaignId])).rows[0]?.frozen;

/** $1 is the campaign, $2 a person who was not chosen. */
const changes = [
  `update campaign_history set frozen_template = frozen_template || '{"category": "UTILITY"}' where id = $1 and $2::uuid is not null`,
  `update campaign_history set audience = '{"tags": ["all"]}' where id = $1 and $2::uuid is not null`,
  `update campaign_history set variables = '{}' where id = $1 and $2::uuid is not null`,
  `update campaign_history set offer = '[{"label": "Price", "value": "0"}]' where id = $1 and $2::uuid is not null`,
  `update campaign_history set template_id = gen_random_uuid() where id = $1 and $2::uuid is not null`,
  `update campaign_history set sender_id = gen_random_uuid() where id = $1 and $2::uuid is not null`,
  `update campaign_history set planned = planned + 1 where id = $1 and $2::uuid is not null`,
  `update campaign_history set frozen_at = null where id = $1 and $2::uuid is not null`,
  `delete from campaign_history where id = $1 and $2::uuid is not null`,
  `update campaign_chunks set entries = '[]' where campaign_id = $1 and $2::uuid is not null`,
  `update campaign_chunks set chunk_no = chunk_no + 1 where campaign_id = $1 and $2::uuid is not null`,
  `delete from campaign_chunks where campaign_id = $1 and $2::uuid is not null`,
  `insert into campaign_chunks (workspace_id, campaign_id, chunk_no, entry_count, entries) select workspace_id, id, 9, 1, '[{}]' from campaign_history where id = $1 and $2::uuid is not null`,
  `update campaign_controls set marketing_cap = null, is_marketing = false where campaign_id = $1 and $2::uuid is not null`,
  `update campaign_controls set is_priority = true where campaign_id = $1 and $2::uuid is not null`,
  `update campaign_controls set template_id = gen_random_uuid() where campaign_id = $1 and $2::uuid is not null`,
  `delete from campaign_controls where campaign_id = $1 and $2::uuid is not null`,
  `insert into campaign_messages (workspace_id, campaign_id, contact_id, state, chunk_no, entry_no, next_at) select workspace_id, id, $2, 'queued', 0, 0, now() from campaign_history where id = $1`,
  `update campaign_messages set contact_id = $2 where campaign_id = $1`,
  `update campaign_messages set entry_no = 0 where campaign_id = $1 and $2::uuid is not null`,
  `update campaign_messages set campaign_id = gen_random_uuid() where campaign_id = $1 and $2::uuid is not null`,
  `delete from campaign_messages where campaign_id = $1 and $2::uuid is not null`,
];

const asRole: Readonly<Record<string, (work: (client: pg.Client) => Promise<void>) => Promise<void>>> = {
  herald_verbs: (work) => db.asProduct("verbs", { workspaceId: campaign.workspaceId, userId }, work),
  herald_engine: (work) => db.asProduct("engine", { workspaceId: campaign.workspaceId }, work),
  authenticated: (work) => db.asApi("authenticated", userId, work),
  anon: (work) => db.asApi("anon", null, work),
  herald_door: async (work) => {
    const door = await db.connect("door");
    await door.query("begin");
    await work(door);
    await door.query("rollback");
  },
};

describe.each(Object.keys(asRole))("as %s", (role) => {
  test.each(changes)("a launched campaign stays what it was: %s", async (change) => {
    const before = await frozen(db.owner);
    await asRole[role]?.(async (client) => {
      const answer = await attempt(client, change, [campaign.campaignId, extraContactId]);
      expect("refused" in answer ? answer.refused : answer.rowCount, "refused, or no row is in reach").toBeOneOf(["42501", "HE008", 0]);
      await client.query("commit"); // what was not refused would stand
      await client.query("begin");
    });
    expect(await frozen(db.owner)).toEqual(before);
  });
});

test("nor can it be changed with the owner's rights, past every grant and policy", async () => {
  for (const change of changes.filter((one) => !one.startsWith("delete") && !one.startsWith("update campaign_messages"))) {
    await expect(db.owner.query(change, [campaign.campaignId, extraContactId]), change).rejects.toMatchObject({ code: "HE008" });
  }
});

test("a retry after the template has changed still belongs to what was frozen", async () => {
  const before = await frozen(db.owner);
  await db.owner.query("update templates set components_hash = 'other', category = 'UTILITY' where id = $1", [campaign.templateId]);
  const engine = await db.connect("engine");
  const epoch = await takeOver(engine, campaign.workspaceId, campaign.campaignId);
  await grant(engine, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch, want: 10 }] });
  expect(await frozen(db.owner)).toEqual(before);
});
