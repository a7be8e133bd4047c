import type { CampaignId } from "@herald/kernel";
import { createEngine } from "@herald/postgres";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BigLedger, bigLedger } from "./support/big-ledger.ts";
import { grant, handedOut, merge, receipt, record, recover, result, returnLost, skipOpen, takeOver } from "./support/engine.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { explaining, type PlanNode, readsOf, rowsRead } from "./support/plans.ts";

let db: LawDatabase;
let ledger: BigLedger;
let client: pg.Client;
let explain: Awaited<ReturnType<typeof explaining>>;
beforeAll(async () => {
  db = await lawDatabase();
  ledger = await bigLedger(db.owner);
  client = await db.connect("owner");
  explain = await explaining(client);
});
afterAll(() => db?.drop());

/** Rolled back, so that each test meets the same ledger. */
async function plansOf<T>(run: () => Promise<T>): Promise<{ readonly value: T; readonly plans: readonly PlanNode[] }> {
  await client.query("begin");
  try {
    return await explain(run);
  } finally {
    await client.query("rollback");
  }
}
const ledgerReads = (plans: readonly PlanNode[]) => readsOf(plans, "campaign_messages", "campaign_attempts");
const mostRead = (plans: readonly PlanNode[]) => Math.max(...ledgerReads(plans).map(rowsRead));
const kindsOf = (plans: readonly PlanNode[]) => [...new Set(ledgerReads(plans).map((node) => node["Node Type"]))];

test("a recovery finds what a dead owner left through the open attempts, and reads nothing else", async () => {
  const { workspaceId, campaignId, open } = ledger;
  const { value, plans } = await plansOf(() => recover(client, workspaceId, campaignId, 0));
  expect(value).toBe(open);
  expect(kindsOf(plans)).not.toContain("Seq Scan");
  expect(mostRead(plans)).toBeLessThanOrEqual(open);
});

test("a lost grant is returned by way of the open attempts", async () => {
  const { workspaceId, campaignId, senderId, open } = ledger;
  const { value, plans } = await plansOf(() => returnLost(client, { workspaceId, senderId, campaignId, epoch: 1, held: [] }));
  expect(value).toBe(open);
  expect(kindsOf(plans)).not.toContain("Seq Scan");
  expect(mostRead(plans)).toBeLessThanOrEqual(open);
});

test("a cancelled campaign is left out batch by batch through the queue's own index; what waits for a cure comes last", async () => {
  const { workspaceId, campaignId, queued, blocked } = ledger;
  await client.query("reset role");
  await client.query("begin");
  await client.query("update campaign_controls set flag = 'cancelled' where campaign_id = $1", [campaignId]);
  await client.query("set local role herald_engine");
  try {
    const { value, plans } = await explain(() => skipOpen(client, workspaceId, campaignId, "cancelled", 1000));
    expect(value).toBe(1000);
    expect(kindsOf(plans)).not.toContain("Seq Scan");
    expect(ledgerReads(plans).map((node) => node["Index Name"])).toContain("campaign_messages_due");
    expect(mostRead(plans)).toBeLessThanOrEqual(1000);
    let skipped = value;
    for (let batch = -1; batch !== 0; skipped += batch) batch = await skipOpen(client, workspaceId, campaignId, "cancelled", 5000);
    expect(skipped).toBe(queued + blocked);
  } finally {
    await client.query("rollback");
    await client.query("set role herald_engine");
  }
});

test("receipts find their attempts by the provider's id or by ours, and no statement of the merge reads from end to end", async () => {
  const { workspaceId, campaignId } = ledger;
  const { rows } = await db.owner.query<{ message_id: string; provider_message_id: string | null }>(
    `(select message_id, provider_message_id from campaign_attempts where campaign_id = $1 and provider_message_id is not null limit 100)
     union all (select message_id, null from campaign_attempts where campaign_id = $1 and settled_at is null limit 100)`,
    [campaignId],
  );
  const records = rows.map(({ message_id, provider_message_id }) =>
    receipt({ messageId: message_id, attempt: 1 }, "read", provider_message_id === null ? {} : { providerMessageId: provider_message_id }),
  );
  const { value, plans } = await plansOf(() => merge(client, workspaceId, records));
  expect(value).toMatchObject({ matched: 200, moved: 200, parked: 0 });
  expect(kindsOf(plans)).not.toContain("Seq Scan");
  expect(ledgerReads(plans).map((node) => node["Index Name"])).toContain("campaign_attempts_provider");
  expect(mostRead(plans)).toBeLessThanOrEqual(200);
});

test("the answer to a request is a HOT update, as far as its page has room: no index of the messages gains an entry", async () => {
  const { workspaceId, campaignId, senderId } = ledger;
  const engine = await db.connect("engine");
  const updates = async () => {
    await engine.query("select pg_stat_force_next_flush()");
    const { rows } = await engine.query<{ all: number; hot: number }>(
      `select n_tup_upd::int as "all", n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'campaign_messages'`,
    );
    return rows[0] ?? { all: 0, hot: 0 };
  };
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const handed = handedOut(await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 100 }] }));
  const before = await updates();
  await record(
    engine,
    workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
  const after = await updates();
  expect(handed).toHaveLength(100);
  expect(after.all - before.all).toBe(handed.length);
  // a full page sends a row elsewhere; with an index on the state not one of them would be HOT
  expect(after.hot - before.hot).toBeGreaterThan(handed.length / 2);
});

test("what a worker and the web ask again and again never reads the ledger from end to end", async () => {
  const { workspaceId } = ledger;
  const campaignId = ledger.campaignId as CampaignId;
  const scans = async () => {
    await client.query("select pg_stat_clear_snapshot()");
    const { rows } = await client.query<{ relname: string; scans: string }>(
      "select relname, seq_scan as scans from pg_stat_user_tables where relname in ('campaign_messages', 'campaign_attempts') order by 1",
    );
    return rows;
  };
  await client.query("select pg_stat_force_next_flush()");
  const before = await scans();
  const engine = createEngine({
    url: db.urls.engine,
    applicationName: "test-engine",
    openToken: () => "token",
    providersByName: {},
    monotonicMs: () => performance.now(),
  });
  await engine.run.progress(workspaceId, campaignId);
  await engine.gate.recover(workspaceId, campaignId, 1e9);
  await engine.chunks.read(workspaceId, campaignId, 0);
  await engine.launches.toWatch();
  await engine.launches.claim(100);
  await engine.inbox.claim(100);
  await engine.inbox.lagMs();
  await engine.projections.claim(100);
  await engine.changes.movedSince(Date.now() - 5000);
  await engine.people.takeParked();
  await engine.outboxLagMs();
  await engine.close(); // a backend that ends tells what it read
  expect(await scans()).toEqual(before);
});

test("the hot tables are tuned: room for HOT updates, and vacuum that comes early and does not sleep", async () => {
  const { rows } = await db.owner.query<{ relname: string; reloptions: readonly string[] | null }>(
    "select relname, reloptions from pg_class where relname = any ($1) order by 1",
    [["campaign_attempts", "campaign_controls", "campaign_counters", "campaign_messages", "number_lanes", "phone_numbers"]],
  );
  const eager = ["autovacuum_vacuum_scale_factor=0.02", "autovacuum_vacuum_cost_delay=0"];
  expect(Object.fromEntries(rows.map(({ relname, reloptions }) => [relname, reloptions]))).toEqual({
    campaign_attempts: ["fillfactor=70", ...eager],
    campaign_controls: ["fillfactor=20"],
    campaign_counters: ["fillfactor=20"],
    campaign_messages: ["fillfactor=50", ...eager],
    number_lanes: ["fillfactor=20"],
    phone_numbers: ["fillfactor=20"],
  });
});
