import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";
import { acceptedResult, ambiguousResult, ask, grantAll, heldOf, notStartedResult, receiptOf, refusedResult, takeOver } from "./support.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
  shop = await world.aShop({ capPerSecond: 1000 });
});
afterAll(() => world.close());

test("L2: whatever a grant hands out is committed as dispatching, with an attempt and a send_by at its slot + 15 ms", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(100))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const answer = await ask(world.engine, shop, [lane]);
  const held = heldOf(answer);
  expect(held).toHaveLength(100);
  const { rows } = await world.database.owner.query<{
    id: string;
    state: string;
    attempt: number;
    send_by_ms: number;
    intent_send_by_ms: number;
  }>(
    `select m.id, m.state, a.attempt, extract(epoch from m.send_by)::float8 * 1000 as send_by_ms, extract(epoch from a.send_by)::float8 * 1000 as intent_send_by_ms
     from campaign_messages m join campaign_attempts a on a.message_id = m.id and a.attempt = m.attempt where m.campaign_id = $1 order by m.id`,
    [campaignId],
  );
  expect(rows.map(({ id, attempt, state }) => [id, attempt, state])).toEqual(
    held.map(({ messageId, attempt }) => [messageId, attempt, "dispatching"]),
  );
  const [first] = answer.lanes;
  if (!first) throw new Error("the gate answered no lane");
  rows.forEach((row, index) => {
    const slotMs = answer.databaseMs + first.firstMs + index * first.stepMs;
    expect(Math.abs(row.send_by_ms - (slotMs + 15))).toBeLessThan(0.1);
    expect(row.intent_send_by_ms).toBe(row.send_by_ms);
  });
  expect(held.map(({ chunkNo, entryNo }) => [chunkNo, entryNo])).toEqual(held.map((_, index) => [0, index]));
});

test("L2: of many connections no two are handed the same message", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(600))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const engines = [world.engine, world.anotherEngine(), world.anotherEngine()];
  const held = (await Promise.all(engines.map((engine) => grantAll(engine, shop, [lane])))).flat();
  expect(held).toHaveLength(600);
  expect(new Set(held.map(({ messageId }) => messageId)).size).toBe(600);
});

test("L3: an unknown attempt is never granted again; a receipt settles it", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(2))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const held = heldOf(await ask(world.engine, shop, [lane]));
  await world.engine.ledger.record(shop.workspaceId, held.map(ambiguousResult));
  expect(await grantAll(world.engine, shop, [lane])).toEqual([]);
  const later = await takeOver(world.engine, shop, campaignId);
  await world.engine.gate.recover(shop.workspaceId, campaignId, 0);
  expect(await grantAll(world.engine, shop, [later])).toEqual([]);
  expect((await shop.messages(campaignId)).map(({ state }) => state)).toEqual(["unknown", "unknown"]);

  const [first, second] = held;
  if (!first || !second) throw new Error("two messages were granted");
  await world.engine.ledger.mergeReceipts(shop.workspaceId, [
    receiptOf(first, "sent", { isOpaque: true }),
    receiptOf(second, "failed", { isOpaque: true, failure: "CONTACT" }),
  ]);
  expect((await shop.messages(campaignId)).map(({ state, receipt }) => [state, receipt])).toEqual([
    ["accepted", "sent"],
    ["failed", null],
  ]);
});

test("L3: what a lost sender left becomes unknown only after its grace, and counts as one try", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(3))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  await ask(world.engine, shop, [lane]);
  expect(await world.engine.gate.recover(shop.workspaceId, campaignId, -60_000), "its own epoch is still alive").toEqual({
    unknown: 0,
    waiting: 0,
  });
  await takeOver(world.engine, shop, campaignId);
  expect(await world.engine.gate.recover(shop.workspaceId, campaignId, 60_000)).toEqual({ unknown: 0, waiting: 3 });
  await world.database.owner.query("update campaign_messages set send_by = now() - interval '1 second' where campaign_id = $1", [
    campaignId,
  ]);
  expect(await world.engine.gate.recover(shop.workspaceId, campaignId, 0)).toEqual({ unknown: 3, waiting: 0 });
  expect((await shop.messages(campaignId)).map(({ state, tries, reason }) => [state, tries, reason])).toEqual(
    Array.from({ length: 3 }, () => ["unknown", 1, "sender_lost"]),
  );
});

test("L4: a stale epoch is granted nothing, and its evidence still merges", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(20))
    .launch();
  const zombie = await takeOver(world.engine, shop, campaignId);
  const held = heldOf(await ask(world.engine, shop, [zombie], 10));
  const heir = await takeOver(world.anotherEngine(), shop, campaignId);
  expect(heir.epoch).toBe(zombie.epoch + 1);
  const refused = await ask(world.engine, shop, [zombie], 10);
  expect(refused.lanes.map(({ reason, messages }) => [reason, messages.length])).toEqual([["stale", 0]]);
  expect(heldOf(await ask(world.engine, shop, [heir], 10))).toHaveLength(10);

  expect(await world.engine.ledger.record(shop.workspaceId, held.map(acceptedResult))).toBe(10);
  expect((await shop.messages(campaignId)).filter(({ state }) => state === "accepted")).toHaveLength(10);
  expect(await world.engine.ledger.record(shop.workspaceId, held.map(acceptedResult)), "a flush that is repeated moves nothing").toBe(0);
});

test("a lost answer: return_lost puts back what the process does not hold, and nothing else", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(10))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const held = heldOf(await ask(world.engine, shop, [lane]));
  const kept = held.slice(0, 4);
  const returnLost = () => world.engine.gate.returnLost(shop.workspaceId, shop.sender.senderId, { ...lane, held: kept });
  expect(await returnLost()).toBe(6);
  expect(await returnLost()).toBe(0);
  const again = await grantAll(world.engine, shop, [lane]);
  expect(again.map(({ messageId }) => messageId).toSorted()).toEqual(
    held
      .slice(4)
      .map(({ messageId }) => messageId)
      .toSorted(),
  );
  expect(again.every(({ attempt }) => attempt === 2)).toBe(true);
});

test("a request that never began goes back uncounted; tries that are used up fail the message", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(1))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const grantOne = async () => {
    const [one] = await grantAll(world.engine, shop, [lane], 1);
    if (!one) throw new Error("nothing was granted");
    return one;
  };
  const dueNow = () =>
    world.database.owner.query("update campaign_messages set next_at = now() where campaign_id = $1 and next_at is not null", [campaignId]);
  const stateOf = async () => (await shop.messages(campaignId)).map(({ state, tries, reason }) => [state, tries, reason])[0];

  await world.engine.ledger.record(shop.workspaceId, [notStartedResult(await grantOne())]);
  expect(await stateOf()).toEqual(["queued", 0, "too_late"]);
  await world.engine.ledger.record(shop.workspaceId, [refusedResult(await grantOne(), "SOON", 2)]);
  expect(await stateOf()).toEqual(["deferred", 1, "SOON"]);
  expect(await grantAll(world.engine, shop, [lane]), "its time has not come").toEqual([]);
  await dueNow();
  await world.engine.ledger.record(shop.workspaceId, [refusedResult(await grantOne(), "SOON", 2)]);
  expect(await stateOf()).toEqual(["failed", 2, "SOON"]);
});

test("a refusal that reaches the whole template blocks every campaign of it until it is cured", async () => {
  const people = await shop.contacts(4);
  const first = await shop.aCampaign().with(people).launch();
  const second = await shop.aCampaign().with(people).launch();
  const lanes = [await takeOver(world.engine, shop, first), await takeOver(world.engine, shop, second)];
  const held = heldOf(await ask(world.engine, shop, lanes.slice(0, 1), 2));
  await world.engine.ledger.record(
    shop.workspaceId,
    held.map((one) => refusedResult(one, "TEMPLATE")),
  );
  expect((await ask(world.engine, shop, lanes)).lanes.map(({ reason }) => reason)).toEqual(["blocked", "blocked"]);
  await world.database.owner.query("update blocks set cured_at = now() where workspace_id = $1", [shop.workspaceId]);
  expect((await grantAll(world.engine, shop, lanes)).length).toBe(6);
});
