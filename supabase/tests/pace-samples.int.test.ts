import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bigLedger } from "./support/big-ledger.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
let engine: pg.Client;
let campaign: Launched;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
  const sending = await aSending(db.owner);
  campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 20));
});
afterAll(() => db?.drop());

type Sample = { readonly settled: number; readonly deferred: number; readonly asked: number; readonly looking_since: Date | null };
const samples = async (): Promise<readonly Sample[]> =>
  (
    await db.owner.query<Sample>(
      "select settled, deferred, asked, looking_since from campaign_pace_samples where campaign_id = $1 order by at",
      [campaign.campaignId],
    )
  ).rows;
const look = async (since: Date | null): Promise<{ readonly at: Date; readonly written: number }> => {
  const { rows } = await engine.query<{ at: Date; written: number }>("select at, written from herald.sample_pace($1)", [since]);
  if (!rows[0]) throw new Error("a look answers");
  return rows[0];
};
/** So many messages, from the first one on, become what the columns say. */
const move = (from: number, count: number, set: string) =>
  db.owner.query(`update campaign_messages set ${set} where id = any ($1)`, [campaign.messageIds.slice(from, from + count)]);

test("a sample is written when a campaign came further, and none when it did not; a retry adds, nothing ever subtracts", async () => {
  const first = await look(null);
  expect(first.written, "nothing was asked yet").toBe(0);
  await move(0, 5, "state = 'accepted', next_at = null");
  const second = await look(first.at);
  expect(second.written).toBe(1);
  expect((await look(second.at)).written, "nothing moved since").toBe(0);
  await move(0, 5, "receipt = 'delivered'");
  expect((await look(second.at)).written, "a receipt is no request").toBe(0);
  await move(5, 4, "state = 'deferred', reason = 'SOON'");
  await look(second.at);
  await move(5, 4, "state = 'accepted', reason = null");
  await look(second.at);
  await move(9, 2, "state = 'failed', reason = 'CONTACT', next_at = null");
  await look(second.at);
  await move(9, 2, "state = 'queued', reason = 'resend', next_at = now()");
  await look(second.at);
  const written = await samples();
  expect(written.map(({ settled, deferred, asked }) => [settled, deferred, asked])).toEqual([
    [5, 0, 5],
    [5, 4, 9],
    [9, 0, 13],
    [11, 0, 15],
    [9, 0, 15],
  ]);
  expect(written.map(({ looking_since }) => looking_since?.getTime())).toEqual(
    [first.at, ...Array(4).fill(second.at)].map((at: Date) => at.getTime()),
  );
});

test("a second sampler writes nothing twice", async () => {
  const since = (await look(null)).at;
  await move(11, 3, "state = 'accepted', next_at = null");
  const other = await db.connect("engine");
  const both = await Promise.all([look(since), other.query<{ written: number }>("select written from herald.sample_pace($1)", [since])]);
  expect(both[0].written + (both[1].rows[0]?.written ?? 0)).toBeGreaterThanOrEqual(1);
  expect((await look(since)).written).toBe(0);
  expect((await samples()).at(-1)).toMatchObject({ settled: 12, asked: 18 });
});

test("L10: a member reads the samples of its own workspace; nobody but the sampler writes any", async () => {
  const stranger = await aSending(db.owner);
  const { rows } = await db.owner.query<{ user_id: string }>(
    "insert into workspace_members (workspace_id, user_id, role) values ($1, gen_random_uuid(), 'viewer'), ($2, gen_random_uuid(), 'owner') returning user_id",
    [campaign.workspaceId, stranger.workspaceId],
  );
  const [own, foreign] = rows.map(({ user_id }) => user_id);
  const read = (userId: string | undefined) =>
    db.asApi("authenticated", userId ?? null, (client) => attempt(client, "select from campaign_pace_samples"));
  expect(await read(own)).toEqual({ rowCount: (await samples()).length });
  expect(await read(foreign)).toEqual({ rowCount: 0 });
  const insert =
    "insert into campaign_pace_samples (workspace_id, campaign_id, at, settled, deferred, asked) values ($1, $2, now(), 1, 1, 1)";
  for (const role of ["verbs", "engine"] as const)
    expect(
      await db.asProduct(role, { workspaceId: campaign.workspaceId, ...(own !== undefined && { userId: own }) }, (client) =>
        attempt(client, insert, [campaign.workspaceId, campaign.campaignId]),
      ),
      role,
    ).toEqual({ refused: "42501" });
});

test("a change of status, flag or pace is noted; a grant's and a slice's writes are not", async () => {
  const noted = async (): Promise<number> =>
    (await engine.query("select from herald.campaigns_changed_since('-infinity') where campaign_id = $1", [campaign.campaignId]))
      .rowCount ?? 0;
  const before = await noted();
  const set = (table: string, key: string, what: string) =>
    db.owner.query(`update ${table} set ${what} where ${key} = $1`, [campaign.campaignId]);
  await set("campaign_controls", "campaign_id", "epoch = epoch + 1, control_seq = control_seq + 1");
  await set("campaign_history", "id", "status = status, staging_degraded_at = now()");
  await db.owner.query("update phone_numbers set tat = tat + 1 where id = $1", [campaign.senderId]);
  expect(await noted()).toBe(before);
  await set("campaign_history", "id", "status = 'paused', pause_reasons = '{operator}'");
  await set("campaign_controls", "campaign_id", "flag = 'paused'");
  await set("campaign_controls", "campaign_id", "max_per_second = 5");
  expect(await noted()).toBe(before + 3);
});

test("samples go after 30 days, words of changes after an hour", async () => {
  await db.owner.query("update campaign_pace_samples set at = at - interval '31 days' where asked = 5");
  await db.owner.query("update campaign_changes set changed_at = now() - interval '2 hours'");
  const changes = (await db.owner.query("select from campaign_changes")).rowCount ?? 0;
  const { rows } = await engine.query<{ removed: number }>("select herald.housekeep_live(1000) as removed");
  expect(rows[0]?.removed).toBe(changes + 1);
});

test("beside a campaign of 130,000 a look takes some milliseconds and reads no message", async () => {
  const big = await bigLedger(db.owner);
  await db.owner.query("update campaign_counters set moved_at = clock_timestamp() where campaign_id = $1", [big.campaignId]);
  const client = await db.connect("owner");
  const plan = async (): Promise<string> => {
    await client.query("begin");
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      "explain (analyze, buffers) select * from herald.sample_pace(clock_timestamp() - interval '1 second')",
    );
    await client.query("rollback");
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  };
  await plan();
  const told = await plan();
  expect(Number(/Execution Time: ([\d.]+) ms/.exec(told)?.[1]), told).toBeLessThan(25);
  expect(Number(/shared hit=(\d+)/.exec(told)?.[1]), told).toBeLessThan(500);
});
