import { afterAll, beforeAll, expect, test } from "vitest";
import { type Handed, handedOut, merge, receipt, record, result } from "./support/engine.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { aPortfolio, ask, type Running } from "./support/portfolio.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

/** One batch gives back what the other takes again, and the other way round; people on two ends of the order. */
test("two batches of receipts about the same people never wait for each other in a circle", async () => {
  const [first, second, holder] = [await db.connect("engine"), await db.connect("engine"), await db.connect("owner")];
  for (let round = 0; round < 12; round += 1) {
    const { workspaceId, campaigns } = await aPortfolio(db.owner, first, { limit: 100, people: 2, frequencyCap: "24 hours" }, (ids) => [
      ids.slice(0, 1),
      ids.slice(1),
      ids.slice(0, 1),
      ids.slice(1),
    ]);
    const [a, b, again, against] = campaigns;
    if (!a || !b || !again || !against) throw new Error("four campaigns were launched");
    const one = async (campaign: Running): Promise<Handed> => {
      const [handed] = handedOut(await ask(first, campaign, 1));
      if (!handed) throw new Error("one was granted");
      return handed;
    };
    const [failedA, failedB] = [await one(a), await one(b)];
    await record(first, workspaceId, [result(failedA, "failed"), result(failedB, "failed")]);
    const [heldA, heldB] = [await one(again), await one(against)];
    await record(first, workspaceId, [result(heldA, "accepted"), result(heldB, "accepted")]);
    const lost = { state: "failed", retryMs: null };
    // both wait for the counters, and go on at the same moment
    await holder.query("begin");
    await holder.query("select from campaign_counters where campaign_id = any ($1) for update", [
      campaigns.map(({ campaignId }) => campaignId),
    ]);
    await holder.query(
      "insert into campaign_counters (campaign_id, shard, workspace_id) select unnest($1::uuid[]), unnest($2::int[]), $3 on conflict do nothing",
      [campaigns.flatMap(({ campaignId }) => [campaignId, campaignId]), campaigns.flatMap(() => [9, 10]), workspaceId],
    );
    const batches = Promise.all([
      merge(first, workspaceId, [receipt(failedA, "sent"), receipt(heldB, "failed", lost)], 9),
      merge(second, workspaceId, [receipt(failedB, "sent"), receipt(heldA, "failed", lost)], 10),
    ]);
    batches.catch(() => undefined); // told below
    await holder.query("select pg_sleep(0.05)");
    await holder.query("commit");
    expect(await batches).toEqual([
      { matched: 2, moved: 2, parked: 0 },
      { matched: 2, moved: 2, parked: 0 },
    ]);
  }
});
