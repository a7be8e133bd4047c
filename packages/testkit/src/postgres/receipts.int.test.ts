import { bucketOf, finalStatus, messageStates, noMessages } from "@herald/campaign";
import { receipts as receiptWords } from "@herald/provider";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";
import {
  acceptedResult,
  ambiguousResult,
  ask,
  grantAll,
  type Holding,
  heldOf,
  notStartedResult,
  receiptOf,
  refusedResult,
  takeOver,
  wait,
} from "./support.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
// a number of its own: failures of one test would open the breaker for the next
beforeEach(async () => {
  shop = await world.aShop({ capPerSecond: 1000 });
});

const merge = (...records: Parameters<World["engine"]["ledger"]["mergeReceipts"]>[1]) =>
  world.engine.ledger.mergeReceipts(shop.workspaceId, records);
const record = (...results: Parameters<World["engine"]["ledger"]["record"]>[1]) => world.engine.ledger.record(shop.workspaceId, results);

/** Granted messages of a campaign of its own, and the lane to ask for more. */
async function granted(count: number) {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(count))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const held: readonly Holding[] = heldOf(await ask(world.engine, shop, [lane]));
  expect(held).toHaveLength(count);
  const first = held[0];
  if (!first) throw new Error("something was granted");
  const stateOf = async () => (await shop.messages(campaignId)).map(({ state, receipt, reason }) => [state, receipt, reason])[0];
  const dueNow = () =>
    world.database.owner.query("update campaign_messages set next_at = now() where campaign_id = $1 and next_at is not null", [campaignId]);
  return { campaignId, lane, held, first, stateOf, dueNow };
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

test("the database's buckets are those of the domain, for every state and receipt", async () => {
  for (const state of messageStates)
    for (const receipt of [null, ...receiptWords]) {
      const { rows } = await world.database.owner.query<{ bucket: string }>("select herald.message_bucket($1, $2) as bucket", [
        state,
        receipt,
      ]);
      expect(rows[0]?.bucket, `${state} ${receipt}`).toBe(bucketOf(state, receipt));
    }
});

test("the database's final status is that of the domain", async () => {
  for (const failed of [0, 1])
    for (const unknown of [0, 1])
      for (const held of [0, 1])
        for (const accepted of [0, 1]) {
          const { rows } = await world.database.owner.query<{ status: string }>("select herald.final_status($1, $2, $3, $4) as status", [
            failed,
            unknown,
            held,
            accepted,
          ]);
          expect(rows[0]?.status).toBe(finalStatus({ ...noMessages, failed, unknown, held, accepted }));
        }
});

test("L9: receipts in every order, and twice, end in one state, with or without the answer to the request", async () => {
  const words = ["sent", "delivered", "read", "failed"] as const;
  const orders = permutations([...words, "answer"] as const);
  const { campaignId, held } = await granted(orders.length);
  for (const [index, order] of orders.entries()) {
    const one = held[index];
    if (!one) throw new Error("as many messages as orders");
    for (const word of order) {
      if (word === "answer") await record(acceptedResult(one));
      else
        await merge(receiptOf(one, word, { isOpaque: true, failure: "SOON" }), receiptOf(one, word, { isOpaque: true, failure: "SOON" }));
    }
  }
  const { rows } = await world.database.owner.query<{ facts: string }>(
    `select distinct concat_ws(' ', m.state, m.receipt, m.reason, m.next_at, m.attempt, a.receipt, a.code, a.class, a.sent_at is not null, a.failed_at is not null, a.is_provider_double) as facts
     from campaign_messages m join campaign_attempts a on a.message_id = m.id where m.campaign_id = $1`,
    [campaignId],
  );
  expect(rows.map(({ facts }) => facts)).toEqual(["accepted read 1 read 131000 SOON t t f"]);
  expect((await world.engine.ledger.balance(shop.workspaceId, campaignId)).isBalanced).toBe(true);
});

test("L9: one batch with all receipts ends as many batches do", async () => {
  const { first, stateOf } = await granted(1);
  await merge(...(["failed", "read", "sent", "delivered"] as const).map((word) => receiptOf(first, word, { isOpaque: true })));
  expect(await stateOf()).toEqual(["accepted", "read", null]);
});

test("L9: failed after delivered is kept with the attempt and changes nothing", async () => {
  const { first, stateOf } = await granted(1);
  await record(acceptedResult(first));
  await merge(receiptOf(first, "delivered"));
  await merge(receiptOf(first, "failed"));
  expect(await stateOf()).toEqual(["accepted", "delivered", null]);
  await merge(receiptOf(first, "sent"));
  expect(await stateOf(), "an older receipt takes nothing back").toEqual(["accepted", "delivered", null]);
});

test("L9: delivered after failed calls off a retry that has not begun, also one that was granted and never began", async () => {
  const { first, lane, stateOf, dueNow } = await granted(1);
  await record(acceptedResult(first));
  await merge(receiptOf(first, "failed", { failure: "SOON" }));
  expect(await stateOf()).toEqual(["deferred", null, "SOON"]);
  await dueNow();
  await grantAll(world.engine, shop, [lane]);
  await world.engine.gate.returnLost(shop.workspaceId, shop.sender.senderId, { ...lane, held: [] });
  await merge(receiptOf(first, "delivered"));
  expect(await stateOf()).toEqual(["accepted", "delivered", null]);
  expect(await grantAll(world.engine, shop, [lane])).toEqual([]);
  const { rows } = await world.database.owner.query("select from campaign_attempts where message_id = $1 and is_provider_double", [
    first.messageId,
  ]);
  expect(rows, "the second attempt never began, so nobody got it twice").toHaveLength(0);
});

test("L9: delivered after a retry has begun is counted as the provider's double", async () => {
  const { first, lane, stateOf, dueNow } = await granted(1);
  await record(acceptedResult(first));
  await merge(receiptOf(first, "failed", { failure: "SOON" }));
  await dueNow();
  const [second] = await grantAll(world.engine, shop, [lane]);
  if (!second) throw new Error("the retry was granted");
  await record(acceptedResult(second));
  await merge(receiptOf(first, "delivered"));
  const { rows } = await world.database.owner.query<{ attempt: number }>(
    "select attempt from campaign_attempts where message_id = $1 and is_provider_double",
    [first.messageId],
  );
  expect(rows).toEqual([{ attempt: 1 }]);
  expect(await stateOf()).toEqual(["accepted", null, null]);
});

test.each(["not_started", "lost", "refused", "failed"] as const)(
  "L9: who has the message gets no third attempt when the second one ends %s",
  async (end) => {
    const { first, lane, stateOf, dueNow } = await granted(1);
    await record(acceptedResult(first));
    await merge(receiptOf(first, "failed", { failure: "SOON" }));
    await dueNow();
    const [second] = await grantAll(world.engine, shop, [lane]);
    if (!second) throw new Error("the retry was granted");
    await merge(receiptOf(first, "delivered"));
    if (end === "not_started") await record(notStartedResult(second));
    else if (end === "lost") await world.engine.gate.returnLost(shop.workspaceId, shop.sender.senderId, { ...lane, held: [] });
    else if (end === "refused") await record(refusedResult(second, "SOON", 9));
    else {
      await record(acceptedResult(second));
      await merge(receiptOf(second, "failed", { failure: "SOON", maxAttempts: 9 }));
    }
    expect(await stateOf()).toEqual(["accepted", "delivered", null]);
    await dueNow();
    expect(await grantAll(world.engine, shop, [lane])).toEqual([]);
  },
);

test("a held message is released by sent, or failed by its review", async () => {
  const { campaignId, held } = await granted(2);
  const [released, dropped] = held;
  if (!released || !dropped) throw new Error("two messages were granted");
  for (const one of held) {
    const result = acceptedResult(one);
    await record({ ...result, settlement: { ...result.settlement, state: "held" } });
  }
  await merge(receiptOf(released, "sent"), receiptOf(dropped, "failed", { failure: "ROW" }));
  expect((await shop.messages(campaignId)).map(({ state }) => state)).toEqual(["accepted", "failed"]);
});

test("a receipt whose message nobody knows is parked, and matched once its id is written", async () => {
  const { first, stateOf } = await granted(1);
  expect(await merge(receiptOf(first, "delivered"))).toEqual({ matched: 0, moved: 0, parked: 1 });
  expect(await merge(receiptOf(first, "delivered")), "parked once").toEqual({ matched: 0, moved: 0, parked: 0 });
  expect((await world.engine.people.takeParked()).flatMap(({ parkedIds }) => parkedIds)).toEqual([]);
  await record(acceptedResult(first));
  const [parked] = await world.engine.people.takeParked();
  if (!parked) throw new Error("a parked receipt is known by now");
  expect(await world.engine.people.takeParked(), "taking loses nothing before the merge").toHaveLength(1);
  expect(await merge(...parked.records)).toMatchObject({ matched: 1, parked: 0 });
  await world.engine.people.removeParked(parked.workspaceId, parked.parkedIds);
  expect(await stateOf()).toEqual(["accepted", "delivered", null]);
  expect(await world.engine.people.takeParked()).toEqual([]);
});

test("the opaque id matches only while the provider's id does not contradict it", async () => {
  const { first, stateOf } = await granted(1);
  await record(acceptedResult(first));
  const foreign = { ...receiptOf(first, "read", { isOpaque: true }), providerMessageId: "wamid.somebody-else" };
  expect(await merge(foreign)).toMatchObject({ matched: 0, parked: 1 });
  expect(await stateOf()).toEqual(["accepted", null, null]);
});

test("evidence after the end lifts a campaign, and late failures stay failed(late)", async () => {
  const { campaignId, held } = await granted(3);
  const [good, doubtful, late] = held;
  if (!good || !doubtful || !late) throw new Error("three messages were granted");
  await record(acceptedResult(good), ambiguousResult(doubtful), ambiguousResult(late));
  const statusOf = async () => (await world.engine.run.progress(shop.workspaceId, campaignId))?.status;
  expect(await world.engine.run.finalise(shop.workspaceId, campaignId)).toBe("partially_sent");
  await Promise.all([merge(receiptOf(doubtful, "delivered", { isOpaque: true })), record(refusedResult(late, "SOON"))]);
  expect((await shop.messages(campaignId)).map(({ state, reason }) => [state, reason])).toEqual([
    ["accepted", null],
    ["accepted", null],
    ["failed", "late"],
  ]);
  expect(await statusOf()).toBe("partially_sent");
  await merge(receiptOf(late, "delivered", { isOpaque: true }));
  expect(await statusOf()).toBe("sent");
});

test("two merges that settle the last two unknown messages at once lift the campaign", async () => {
  const { campaignId, held } = await granted(2);
  const [left, right] = held;
  if (!left || !right) throw new Error("two messages were granted");
  await record(...held.map(ambiguousResult));
  expect(await world.engine.run.finalise(shop.workspaceId, campaignId)).toBe("partially_sent");
  const first = await world.database.owner.connect();
  try {
    await first.query("begin");
    // neither merge sees the other's counters: this one has not committed when the other one counts
    const { providerMessageId, receipt, atMs } = receiptOf(left, "sent");
    const told = { providerMessageId, receipt, atMs, messageId: left.messageId, attempt: left.attempt };
    await first.query("select herald.merge_receipts($1, 13, $2)", [shop.workspaceId, JSON.stringify([told])]);
    const second = world
      .anotherEngine({ resultShard: 8 })
      .ledger.mergeReceipts(shop.workspaceId, [receiptOf(right, "sent", { isOpaque: true })]);
    await wait(150);
    await first.query("commit");
    await second;
  } finally {
    first.release();
  }
  expect((await world.engine.run.progress(shop.workspaceId, campaignId))?.status).toBe("sent");
});
