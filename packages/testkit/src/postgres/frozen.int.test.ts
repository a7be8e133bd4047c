import { ok } from "@herald/kernel";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";

let world: World;
let shop: Shop;
let campaignId: string;
beforeAll(async () => {
  world = await createWorld();
  shop = await world.aShop();
  campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(2))
    .launch();
});
afterAll(() => world.close());

const frozenChanges = [
  "update campaign_chunks set entries = '[]'",
  "delete from campaign_chunks",
  "insert into campaign_chunks (workspace_id, campaign_id, chunk_no, entry_count, entries) values ($workspace, $campaign, 7, 1, '[{}]')",
  "update campaign_history set frozen_template = '{}'",
  'update campaign_history set audience = \'{"tags": ["all"]}\'',
  "update campaign_history set variables = '{\"a\": 1}'",
  "update campaign_history set offer = '[{}]'",
  "update campaign_history set template_id = gen_random_uuid()",
  "update campaign_history set planned = planned + 1",
  "update campaign_history set frozen_at = null",
  "update campaign_controls set is_marketing = false",
  "update campaign_messages set chunk_no = 9",
  "update campaign_messages set contact_id = gen_random_uuid()",
  "delete from campaign_messages",
  "insert into campaign_messages (workspace_id, campaign_id, contact_id) values ($workspace, $campaign, gen_random_uuid())",
];

/** Connections as each role that the product has, bound to the shop's workspace and member. */
async function as<T>(
  role: "authenticated" | "herald_verbs" | "herald_engine" | "postgres",
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: world.database.urls.owner });
  await client.connect();
  try {
    await client.query("begin");
    await client.query(`set local role ${role}`);
    await client.query("select set_config('request.jwt.claims', $1, true), set_config('herald.workspace_id', $2, true)", [
      JSON.stringify({ sub: shop.actor.userId }),
      shop.workspaceId,
    ]);
    return await work(client);
  } finally {
    await client.end();
  }
}

const boundTo = (sql: string): string => sql.replace("$workspace", `'${shop.workspaceId}'`).replace("$campaign", `'${campaignId}'`);

test.each(
  (["authenticated", "herald_verbs", "herald_engine"] as const).flatMap((role) => frozenChanges.map((sql) => [role, sql] as const)),
)("L8: %s cannot: %s", async (role, sql) => {
  await expect(as(role, (client) => client.query(boundTo(sql)))).rejects.toThrow(/permission denied|never changes/);
});

test.each(frozenChanges.filter((sql) => !/delete|chunk_no = 9|contact_id = gen/.test(sql)))(
  "L8: the triggers hold even the owner back from: %s",
  async (sql) => {
    await expect(as("postgres", (client) => client.query(boundTo(sql)))).rejects.toThrow("never changes");
  },
);

test("L8: what is read for sending is what was launched, whatever happens to the template afterwards", async () => {
  const id = await shop
    .aCampaign()
    .with(await shop.contacts(1))
    .launch();
  await world.database.owner.query("update templates set components_hash = 'changed', category = 'UTILITY' where id = $1", [
    shop.template.templateId,
  ]);
  expect(await world.engine.run.frozenTemplate(shop.workspaceId, id)).toEqual(shop.template.frozen);
  expect((await world.engine.chunks.read(shop.workspaceId, id, 0))?.entries).toHaveLength(1);
  expect(await world.engine.chunks.read(shop.workspaceId, id, 1)).toBeNull();
});

test("a campaign whose totals do not match what was written is not launched, and nothing of it stays", async () => {
  const people = await shop.contacts(2);
  const before = await world.database.owner.query("select from campaign_history");
  await expect(
    world.verbs.inTransaction(shop.actor, shop.workspaceId, async ({ campaigns, nowMs }) => {
      const id = await campaigns.create({
        kind: "bulk",
        name: "Short",
        senderId: shop.sender.senderId,
        sourceId: shop.sender.sourceId,
        templateId: shop.template.templateId,
        frozenTemplate: shop.template.frozen,
        audience: {},
        variables: {},
        offer: [],
        scheduledAtMs: null,
        scheduleZone: null,
        latePolicy: "send",
        expiresAtMs: nowMs + 1000,
      });
      await campaigns.addMessages(
        id,
        people.map(({ contactId }) => ({ contactId, skipped: "no_consent" as const })),
      );
      await campaigns.seal(id, { planned: 3, chunkCount: 0 });
      return ok(id);
    }),
  ).rejects.toThrow("a campaign of 3 messages in 0 chunks has 2 messages in 0 chunks");
  expect((await world.database.owner.query("select from campaign_history")).rowCount).toBe(before.rowCount);
});
