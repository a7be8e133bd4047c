import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { steppableClock } from "./support/clock.ts";
import { grant, type Handed, handedOut, merge, receipt, record, recover, result, returnLost, takeOver } from "./support/engine.ts";
import { anotherNumber, aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance, messagesOf } from "./support/ledger.ts";
import { randomFrom } from "./support/random.ts";

let db: LawDatabase;
let engine: pg.Client;
let setAhead: (aheadS: number) => Promise<void>;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  setAhead = await steppableClock(db.owner);
});
afterAll(() => db?.drop());

type Campaign = Launched & { readonly epoch: number };

/** Two numbers of one portfolio, each with a campaign to its people. */
async function aPortfolio(limit: number, audiences: (ids: readonly string[]) => readonly (readonly string[])[], count = 40) {
  await setAhead(0);
  const first = await aSending(db.owner);
  const numbers = [first, await anotherNumber(db.owner, first.workspaceId)];
  const { rows } = await db.owner.query<{ id: string }>(
    "insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit) values ($1, 'meta', gen_random_uuid()::text, $2) returning id",
    [first.workspaceId, limit],
  );
  const portfolioId = rows[0]?.id ?? "";
  await db.owner.query("update sources set portfolio_id = $2 where workspace_id = $1", [first.workspaceId, portfolioId]);
  const contactIds = await people(db.owner, first.workspaceId, count);
  const campaigns: Campaign[] = [];
  for (const [index, audience] of audiences(contactIds).entries()) {
    const campaign = await launched(db.owner, numbers[index % 2] ?? first, audience);
    campaigns.push({ ...campaign, epoch: await takeOver(engine, first.workspaceId, campaign.campaignId) });
  }
  return { workspaceId: first.workspaceId, portfolioId, campaigns, contactIds };
}
const ask = (client: pg.Client, campaign: Campaign, want: number) =>
  grant(client, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch: campaign.epoch, want }] });

/** By the ledger, not by the reservations: whom the portfolio reached or may have reached outside a window in 24 h. */
const reached = async (campaigns: readonly Campaign[]): Promise<number> =>
  (
    await db.owner.query<{ n: number }>(
      `select count(distinct m.contact_id)::int as n from campaign_attempts a join campaign_messages m on m.id = a.message_id
       where m.campaign_id = any ($1) and coalesce(a.outcome, 'open') in ('open', 'accepted', 'held', 'unknown') and a.failed_at is null
         and not exists (select from service_windows w join campaign_controls c on c.campaign_id = m.campaign_id
           where w.sender_id = c.sender_id and w.contact_id = m.contact_id and w.open_until > clock_timestamp())`,
      [campaigns.map(({ campaignId }) => campaignId)],
    )
  ).rows[0]?.n ?? 0;
const counted = async (portfolioId: string): Promise<readonly unknown[]> =>
  (
    await db.owner.query(
      "select reserved, (select count(*)::int from portfolio_reservations r where r.portfolio_id = p.id) as rows from portfolios p where id = $1",
      [portfolioId],
    )
  ).rows;

test("over random interleavings of two numbers, their answers, receipts and recoveries, a portfolio never reaches more people in 24 h than its limit", async () => {
  const random = randomFrom(20_261_121);
  for (let round = 0; round < 6; round += 1) {
    const limit = 5 + random.below(15);
    // half of the people are in both campaigns: they take one place
    const { workspaceId, portfolioId, campaigns } = await aPortfolio(limit, (ids) => [ids.slice(0, 30), ids.slice(10)]);
    const open: { handed: Handed; campaign: Campaign }[] = [];
    const clients = [engine, await db.connect("engine")];
    for (let move = 0; move < 60; move += 1) {
      if (random.below(3) === 0) {
        const answers = await Promise.all(campaigns.map((campaign, index) => ask(clients[index] ?? engine, campaign, 1 + random.below(6))));
        for (const [index, lanes] of answers.entries()) {
          const campaign = campaigns[index];
          if (campaign) open.push(...handedOut(lanes).map((handed) => ({ handed, campaign })));
        }
      } else {
        const [spot] = open.splice(random.below(Math.max(1, open.length)), 1);
        if (!spot) continue;
        const { handed, campaign } = spot;
        const state = random.oneOf(["accepted", "accepted", "failed", "deferred", "unknown", "lost"] as const);
        if (state === "lost")
          await returnLost(engine, { ...campaign, held: open.filter((one) => one.campaign === campaign).map((one) => one.handed) });
        else {
          await record(engine, workspaceId, [result(handed, state)]);
          if (state === "accepted") await merge(engine, workspaceId, [receipt(handed, random.oneOf(["sent", "delivered", "failed"]))]);
        }
      }
      expect(await reached(campaigns), `round ${round}, move ${move}`).toBeLessThanOrEqual(limit);
    }
    const [portfolio] = (await counted(portfolioId)) as { reserved: number; rows: number }[];
    expect(portfolio?.reserved).toBe(portfolio?.rows);
    await expectBalance(
      db.owner,
      campaigns.map(({ campaignId }) => campaignId),
    );
  }
});

test("at the limit the campaign waits until the next place expires, and its rows are not rewritten", async () => {
  const { campaigns, portfolioId } = await aPortfolio(10, (ids) => [ids.slice(0, 20), ids.slice(20)]);
  const [one, other] = campaigns;
  if (!one || !other) throw new Error("two campaigns were launched");
  expect(handedOut(await ask(engine, one, 30))).toHaveLength(10);
  const before = await messagesOf(db.owner, other.campaignId);
  const { rows: versions } = await db.owner.query(
    "select max(ctid::text) as at, max(changed_at) as changed from campaign_messages where campaign_id = $1",
    [other.campaignId],
  );
  const [lane] = await ask(engine, other, 5);
  expect([lane?.reason, lane?.message_ids, lane?.skipped]).toEqual(["portfolio_limit", [], 0]);
  expect(lane?.wait_ms ?? 0, "an intent holds its place for 48 h until it is heard of").toBeGreaterThan(47 * 3_600_000);
  expect(await messagesOf(db.owner, other.campaignId)).toEqual(before);
  const { rows: after } = await db.owner.query(
    "select max(ctid::text) as at, max(changed_at) as changed from campaign_messages where campaign_id = $1",
    [other.campaignId],
  );
  expect(after).toEqual(versions);
  expect(await counted(portfolioId)).toEqual([{ reserved: 10, rows: 10 }]);
  const { rows: budget } = await db.owner.query<{ tat: number }>("select tat from phone_numbers where id = $1", [other.senderId]);
  expect(budget, "nothing sent, no budget taken").toEqual([{ tat: 0 }]);
});

test("a place is free at once when its message came to nothing, 24 h after delivery when it arrived, and 48 h after its intent when nothing was heard", async () => {
  const { workspaceId, campaigns } = await aPortfolio(6, (ids) => [ids.slice(0, 20), ids.slice(20)]);
  const [one, other] = campaigns;
  if (!one || !other) throw new Error("two campaigns were launched");
  const handed = handedOut(await ask(engine, one, 6));
  const [failed, deferred, failedLater, arrived, silent, unknown] = handed;
  if (!failed || !deferred || !failedLater || !arrived || !silent || !unknown) throw new Error("six were granted");
  expect(handedOut(await ask(engine, other, 20))).toHaveLength(0);
  await record(engine, workspaceId, [result(failed, "failed"), result(deferred, "deferred", { retryMs: 1e9 })]);
  expect(handedOut(await ask(engine, other, 20))).toHaveLength(2);
  await record(
    engine,
    workspaceId,
    [failedLater, arrived, silent].map((one) => result(one, "accepted")).concat(result(unknown, "unknown")),
  );
  await merge(engine, workspaceId, [
    receipt(failedLater, "failed", { state: "failed", retryMs: null }),
    receipt(arrived, "delivered", { atMs: Date.now() }),
  ]);
  expect(handedOut(await ask(engine, other, 20)), "a failure that arrives by webhook frees its place too").toHaveLength(1);
  await setAhead(24 * 3600 - 60);
  expect(handedOut(await ask(engine, other, 20))).toHaveLength(0);
  await setAhead(24 * 3600 + 60);
  expect(handedOut(await ask(engine, other, 20)), "the one that arrived").toHaveLength(1);
  await setAhead(48 * 3600 + 60);
  expect(handedOut(await ask(engine, other, 20)), "those nothing was heard of: two of this campaign, three of the other").toHaveLength(5);
});

test("a request that never began keeps its place for itself; people with an open service window, or with a place, need none", async () => {
  const { campaigns, contactIds } = await aPortfolio(2, (ids) => [ids.slice(0, 6), ids.slice(0, 6)]);
  const [one, other] = campaigns;
  if (!one || !other) throw new Error("two campaigns were launched");
  const granted = handedOut(await ask(engine, one, 6));
  expect(granted).toHaveLength(2);
  expect(await returnLost(engine, { ...one, held: [] })).toBe(2);
  expect(new Set(handedOut(await ask(engine, one, 6)).map(({ messageId }) => messageId))).toEqual(
    new Set(granted.map(({ messageId }) => messageId)),
  );
  await db.owner.query(
    "insert into service_windows (workspace_id, sender_id, contact_id, open_until) select $1, $2, unnest($3::uuid[]), now() + interval '1 hour'",
    [other.workspaceId, other.senderId, contactIds.slice(4, 6)],
  );
  const lanes = await ask(engine, other, 6);
  const reachedNow = (await messagesOf(db.owner, other.campaignId))
    .filter(({ state }) => state === "dispatching")
    .map(({ contactId }) => contactId);
  expect(new Set(reachedNow), "two that have a place, two with a window").toEqual(
    new Set([...contactIds.slice(0, 2), ...contactIds.slice(4, 6)]),
  );
  expect(lanes.map(({ reason }) => reason)).toEqual(["granted"]);
});

test("a request that is recorded as never begun gives its place to whoever is first in the queue: the rows before it would hide it there", async () => {
  const { workspaceId, campaigns } = await aPortfolio(4, (ids) => [ids.slice(0, 30)]);
  const [only] = campaigns;
  if (!only) throw new Error("a campaign was launched");
  const granted = handedOut(await ask(engine, only, 4));
  expect(granted).toHaveLength(4);
  await record(
    engine,
    workspaceId,
    granted.map((handed) => result(handed, "queued", { retryMs: 0 })),
  );
  expect(handedOut(await ask(engine, only, 4))).toHaveLength(4);
});

test("a failure of the newest message does not free the place that an earlier one of the same person is owed", async () => {
  const { workspaceId, campaigns } = await aPortfolio(1, (ids) => [ids.slice(0, 1), ids.slice(0, 1), ids.slice(1, 3)]);
  const [one, other, third] = campaigns;
  if (!one || !other || !third) throw new Error("three campaigns were launched");
  const first = handedOut(await ask(engine, one, 1));
  await record(
    engine,
    workspaceId,
    first.map((handed) => result(handed, "accepted")),
  );
  const second = handedOut(await ask(engine, other, 1));
  expect(second).toHaveLength(1);
  await record(
    engine,
    workspaceId,
    second.map((handed) => result(handed, "failed")),
  );
  expect(handedOut(await ask(engine, third, 2))).toEqual([]);
});

test("of two messages to a person in one grant the failure of either leaves the other its place", async () => {
  for (const failing of [0, 1]) {
    const { workspaceId, campaigns } = await aPortfolio(1, (ids) => [ids.slice(0, 1), ids.slice(1, 2), ids.slice(0, 1)]);
    const [one, other, twin] = campaigns;
    if (!one || !other || !twin) throw new Error("three campaigns were launched");
    const lanes = [one, twin].map(({ campaignId, epoch }) => ({ campaignId, epoch, want: 1 }));
    const handed = handedOut(await grant(engine, { ...one, lanes }));
    expect(handed, "they need one place").toHaveLength(2);
    await record(engine, workspaceId, [result(handed[failing] ?? { messageId: "0", attempt: 0 }, "failed")]);
    expect(handedOut(await ask(engine, other, 1))).toEqual([]);
  }
});

test("what a dead worker left unknown holds its place", async () => {
  const { workspaceId, campaigns } = await aPortfolio(3, (ids) => [ids.slice(0, 20), ids.slice(20)]);
  const [one, other] = campaigns;
  if (!one || !other) throw new Error("two campaigns were launched");
  expect(handedOut(await ask(engine, one, 20))).toHaveLength(3);
  await takeOver(engine, workspaceId, one.campaignId);
  expect(await recover(engine, workspaceId, one.campaignId)).toBe(3);
  expect(handedOut(await ask(engine, other, 20))).toEqual([]);
});
