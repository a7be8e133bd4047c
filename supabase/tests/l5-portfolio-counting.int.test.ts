import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { steppableClock } from "./support/clock.ts";
import { handedOut, merge, receipt, record, result, returnLost } from "./support/engine.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { aPortfolio, ask, countPlaces, makeLimitKnown, type Portfolio, placesOf, type Running, tellLimit } from "./support/portfolio.ts";

let db: LawDatabase;
let engine: pg.Client;
let setAhead: (aheadS: number) => Promise<void>;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  setAhead = await steppableClock(db.owner);
});
afterAll(() => db?.drop());

const first = ({ campaigns }: Portfolio): Running => {
  const [one] = campaigns;
  if (!one) throw new Error("a campaign was launched");
  return one;
};

/** Messages that were accepted an hour ago, to people who exist nowhere, written past the triggers. */
async function sentLately(owner: pg.Pool, { workspaceId, campaignId }: Running, count: number): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await client.query(
      `insert into campaign_messages (workspace_id, campaign_id, contact_id, state, attempt, epoch, changed_at)
       select $1, $2, gen_random_uuid(), 'accepted', 1, 1, now() - interval '1 hour' from generate_series(1, $3)`,
      [workspaceId, campaignId, count],
    );
    await client.query(
      `insert into campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by, settled_at, outcome)
       select id, 1, workspace_id, campaign_id, 1, changed_at, changed_at, changed_at, 'accepted' from campaign_messages
       where campaign_id = $1 and state = 'accepted'`,
      [campaignId],
    );
    await client.query(
      `insert into campaign_counters as k (campaign_id, shard, workspace_id, accepted) values ($1, 15, $2, $3)
       on conflict (campaign_id, shard) do update set accepted = k.accepted + excluded.accepted`,
      [campaignId, workspaceId, count],
    );
    await client.query("commit");
  } finally {
    client.release();
  }
}

test("a limit that becomes known holds at once however much was sent: what was sent is counted in short transactions, and until then nobody is granted", {
  timeout: 240_000,
}, async () => {
  await setAhead(0);
  const count = 100_000;
  const portfolio = await aPortfolio(db.owner, engine, { limit: null }, (ids) => [ids.slice(0, 20)]);
  const one = first(portfolio);
  await sentLately(db.owner, one, count);
  await db.owner.query("vacuum analyze campaign_messages, campaign_attempts");
  await tellLimit(engine, portfolio, count + 3);
  expect(await ask(engine, one, 5)).toMatchObject([{ reason: "portfolio_limit", message_ids: [], wait_ms: 1000 }]);
  let longestMs = 0;
  for (let isMore = true; isMore; ) {
    const startedAtMs = performance.now();
    isMore = await countPlaces(engine, portfolio, 1000);
    longestMs = Math.max(longestMs, performance.now() - startedAtMs);
  }
  expect(longestMs, "the engine's transactions end after 4 s").toBeLessThan(2000);
  expect(await placesOf(db.owner, portfolio.portfolioId)).toEqual({ rows: count, taken: count });
  expect(handedOut(await ask(engine, one, 20))).toHaveLength(3);
});

test("once all are counted the campaigns that wait are woken, and a limit that is lifted meanwhile ends the counting", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: null }, (ids) => [ids]);
  const one = first(portfolio);
  expect(handedOut(await ask(engine, one, 3))).toHaveLength(3);
  await tellLimit(engine, portfolio, 4);
  const wakes = async () =>
    (await db.owner.query("select from outbox where kind = 'workflow.wake' and ref ->> 'campaignId' = $1", [one.campaignId])).rowCount;
  expect([await countPlaces(engine, portfolio, 1000), await wakes()]).toEqual([true, 0]);
  while (await countPlaces(engine, portfolio, 1000));
  expect([await countPlaces(engine, portfolio, 1000), await wakes()]).toEqual([false, 1]);
  await tellLimit(engine, portfolio, null);
  await tellLimit(engine, portfolio, 4);
  await tellLimit(engine, portfolio, null);
  expect(await countPlaces(engine, portfolio, 1000)).toBe(false);
  expect(handedOut(await ask(engine, one, 3))).toHaveLength(3);
});

test("places from before an interlude without a limit count only when the ledger knows them", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 5 }, (ids) => [ids.slice(0, 20)]);
  const { workspaceId, portfolioId } = portfolio;
  const one = first(portfolio);
  const handed = handedOut(await ask(engine, one, 5));
  await record(
    engine,
    workspaceId,
    handed.map((spot) => result(spot, "accepted")),
  );
  await tellLimit(engine, portfolio, null);
  await merge(
    engine,
    workspaceId,
    handed.slice(0, 3).map((spot) => receipt(spot, "delivered", { atMs: Date.now() - 25 * 3_600_000 })),
  );
  await makeLimitKnown(engine, portfolio, 5);
  expect(await placesOf(db.owner, portfolioId), "nobody could say whom the other three hold").toEqual({ rows: 2, taken: 2 });
});

test("evidence takes the places of a batch in the gate's order, also those that it makes anew", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 10 }, (ids) => [ids.slice(0, 2)]);
  const { workspaceId, portfolioId, contactIds } = portfolio;
  const [low, high] = contactIds;
  const handed = handedOut(await ask(engine, first(portfolio), 2));
  await record(
    engine,
    workspaceId,
    handed.map((spot) => result(spot, "accepted")),
  );
  await db.owner.query("delete from portfolio_reservations where portfolio_id = $1 and contact_id = $2", [portfolioId, low]);
  const evidence = await db.connect("engine");
  await evidence.query("set lock_timeout = '10s'");
  const { rows } = await evidence.query<{ pid: number }>("select pg_backend_pid() as pid");
  const gate = await db.owner.connect();
  try {
    await gate.query("begin");
    await gate.query(
      "insert into portfolio_reservations (portfolio_id, contact_id, workspace_id, message_id, expires_at) values ($1, $2, $3, 0, now() + interval '1 day')",
      [portfolioId, low, workspaceId],
    );
    const merged = merge(
      evidence,
      workspaceId,
      handed.map((spot) => receipt(spot, "delivered")),
    );
    const isWaiting = async () =>
      (await db.owner.query<{ is: boolean }>("select cardinality(pg_blocking_pids($1)) > 0 as is", [rows[0]?.pid])).rows[0]?.is === true;
    await expect.poll(isWaiting, { timeout: 5000 }).toBe(true);
    await gate.query("select from portfolio_reservations where portfolio_id = $1 and contact_id = $2 for update nowait", [
      portfolioId,
      high,
    ]);
    await gate.query("rollback");
    await merged;
  } finally {
    gate.release(true);
  }
  expect(await placesOf(db.owner, portfolioId)).toMatchObject({ rows: 2 });
});

test("whoever opts out while a message that never began holds a place gives it to somebody else", async () => {
  await setAhead(0);
  const portfolio = await aPortfolio(db.owner, engine, { limit: 1 }, (ids) => [ids.slice(0, 1), [], ids.slice(1)]);
  const { workspaceId, portfolioId, contactIds } = portfolio;
  const [one, , other] = portfolio.campaigns;
  if (!one || !other) throw new Error("three campaigns were launched");
  expect(handedOut(await ask(engine, one, 1))).toHaveLength(1);
  expect(await returnLost(engine, { ...one, held: [] })).toBe(1);
  await db.owner.query(
    "insert into suppressions (workspace_id, contact_id, channel, kind, value, scope, reason) select workspace_id, contact_id, channel, kind, value, 'all', 'opt_out' from contact_addresses where workspace_id = $1 and contact_id = $2",
    [workspaceId, contactIds[0]],
  );
  expect(await ask(engine, one, 1)).toMatchObject([{ message_ids: [], skipped: 1 }]);
  expect(await placesOf(db.owner, portfolioId)).toEqual({ rows: 0, taken: 0 });
  expect(handedOut(await ask(engine, other, 5))).toHaveLength(1);
});
