import { buckets, plannedOf } from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import { ok } from "@herald/kernel";
import type { Engine } from "@herald/postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";
import {
  acceptedResult,
  ambiguousResult,
  ask,
  type Holding,
  heldOf,
  notStartedResult,
  type OwnedLane,
  receiptOf,
  refusedResult,
  takeOver,
  wait,
} from "./support.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Deterministic, so that a failure can be run again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test("L1: counters equal the recount in every snapshot while eight connections grant, record, merge receipts and cancel", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const people = await shop.contacts(1500);
  const campaigns = [
    await shop
      .aCampaign()
      .with(people)
      .withSkipped(await shop.contacts(20))
      .launch(),
    await shop.aCampaign().with(people).launch(),
  ];
  const engines = [world.engine, world.anotherEngine(), world.anotherEngine(), world.anotherEngine()];
  const open = { isOver: false };
  const snapshots = watchBalance(world.anotherEngine(), shop, campaigns, open);
  // two engines per campaign, under one epoch: they compete for its messages
  const lanes = [
    await takeOver(world.engine, shop, campaigns[0] as CampaignId),
    await takeOver(world.engine, shop, campaigns[1] as CampaignId),
  ];
  const workers = engines.map((engine, index) => work(engine, shop, lanes[index % 2] as OwnedLane, randomOf(index + 1), open));
  await wait(1500);
  await world.verbs.inTransaction(shop.actor, shop.workspaceId, async ({ controls }) => {
    await controls.lock(campaigns[1] as CampaignId);
    await controls.commit(campaigns[1] as CampaignId, { flag: "cancelled", status: "sending", pauseReasons: [], note: null });
    return ok(null);
  });
  while ((await world.engine.run.skipOpen(shop.workspaceId, campaigns[1] as CampaignId, "cancelled", 200)) > 0);
  await wait(1000);
  open.isOver = true;
  await Promise.all(workers);
  expect(await snapshots).toBeGreaterThan(5);

  const cancelled = await world.engine.ledger.balance(shop.workspaceId, campaigns[1] as CampaignId);
  expect(cancelled.counts.skipped).toBeGreaterThan(0);
  expect(cancelled.counts.queued + cancelled.counts.deferred).toBe(0);
});

async function watchBalance(engine: Engine, shop: Shop, campaigns: readonly CampaignId[], open: { isOver: boolean }): Promise<number> {
  let seen = 0;
  while (!open.isOver) {
    for (const campaignId of campaigns) {
      const { planned, counts, recount } = await engine.ledger.balance(shop.workspaceId, campaignId);
      expect(counts).toEqual(recount);
      expect(plannedOf(counts)).toBe(planned);
      expect(buckets.filter((bucket) => counts[bucket] < 0)).toEqual([]);
      seen += 1;
    }
  }
  return seen;
}

/** Grants and settles in every way there is, results and receipts side by side. */
async function work(engine: Engine, shop: Shop, lane: OwnedLane, random: () => number, open: { isOver: boolean }): Promise<void> {
  while (!open.isOver) {
    const answer = await ask(engine, shop, [lane], 60);
    const held = heldOf(answer);
    if (held.length === 0) await wait(5);
    const results = held.map((one: Holding) => {
      const dice = random();
      if (dice < 0.6) return acceptedResult(one);
      if (dice < 0.7) return refusedResult(one, "CONTACT");
      if (dice < 0.8) return refusedResult(one, "HOURS");
      if (dice < 0.9) return notStartedResult(one);
      return ambiguousResult(one);
    });
    const receipts = held.flatMap((one) =>
      (["sent", "delivered", "read", "failed"] as const)
        .filter(() => random() < 0.5)
        .map((receipt) => receiptOf(one, receipt, { isOpaque: true })),
    );
    await Promise.all([engine.ledger.record(shop.workspaceId, results), engine.ledger.mergeReceipts(shop.workspaceId, receipts)]);
  }
}

test("L1: a campaign is final only when nothing waits, and a ledger that does not balance never ends", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(3))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const finalise = () => world.engine.run.finalise(shop.workspaceId, campaignId);
  expect(await finalise()).toBe("sending");
  const held = heldOf(await ask(world.engine, shop, [lane]));
  expect(await finalise()).toBe("sending");
  await world.engine.ledger.record(shop.workspaceId, held.map(acceptedResult));
  await world.database.owner.query("update campaign_counters set accepted = accepted - 1 where campaign_id = $1 and shard = 15", [
    campaignId,
  ]);
  await expect(finalise()).rejects.toThrow("does not balance");
  await world.database.owner.query("update campaign_counters set accepted = accepted + 1 where campaign_id = $1 and shard = 15", [
    campaignId,
  ]);
  expect(await finalise()).toBe("sent");
  const { rows } = await world.database.owner.query("select from number_lanes where campaign_id = $1", [campaignId]);
  expect(rows, "a final campaign keeps no place in the number's queue").toHaveLength(0);
});

test("L1: nobody but the ledger's own trigger may write counters", async () => {
  const { rows } = await world.database.owner.query<{ grantee: string; privilege_type: string }>(
    `select grantee, privilege_type from information_schema.role_table_grants
     where table_schema = 'public' and table_name = 'campaign_counters' and privilege_type <> 'SELECT' and grantee not in ('postgres', 'service_role')`,
  );
  expect(rows).toEqual([]);
});
