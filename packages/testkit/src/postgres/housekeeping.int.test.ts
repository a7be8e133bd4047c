import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
  shop = await world.aShop();
});
afterAll(() => world.close());

/** A webhook, drained so many days ago; null: it waits. */
async function aWebhook(drainedDaysAgo: number | null): Promise<string> {
  const { rows } = await world.database.owner.query<{ id: string }>(
    "insert into webhook_inbox (provider, body, drained_at) values ('meta', 'words', now() - make_interval(days => $1)) returning id",
    [drainedDaysAgo],
  );
  return rows[0]?.id ?? "";
}
async function anInbound(inboxId: string, providerMessageId: string): Promise<void> {
  await world.database.owner.query(
    "insert into inbound_messages (workspace_id, provider_message_id, sender_id, inbox_id, type, at) values ($1, $2, $3, $4, 'text', now())",
    [shop.workspaceId, providerMessageId, shop.sender.senderId, inboxId],
  );
  await world.database.owner.query("insert into outbox (workspace_id, kind, ref) values ($1, 'mongo.inbound', $2)", [
    shop.workspaceId,
    JSON.stringify({ inbound: [providerMessageId] }),
  ]);
}
const kept = async () =>
  (await world.database.owner.query<{ id: string }>("select id from webhook_inbox order by id")).rows.map(({ id }) => id);

test("webhooks go 30 days after they were drained; what waits stays, and what people wrote until the conversation store has it", async () => {
  const old = await aWebhook(31);
  const recent = await aWebhook(29);
  const waiting = await aWebhook(null);
  await world.database.owner.query(
    "update webhook_inbox set received_at = now() - interval '90 days', tries = 1000, available_at = 'infinity' where id = $1",
    [waiting],
  );
  const unprojected = await aWebhook(31);
  await anInbound(unprojected, "inbound-1");
  expect(await world.engine.housekeeping()).toBe(1);
  expect(await kept()).toEqual([recent, waiting, unprojected]);
  expect(await kept()).not.toContain(old);
  await world.database.owner.query("update outbox set done_at = now() where kind = 'mongo.inbound'");
  expect(await world.engine.housekeeping()).toBe(1);
  expect(await kept()).toEqual([recent, waiting]);
});
