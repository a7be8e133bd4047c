import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finalise, grant, type Handed, handedOut, type ResultState, record, result, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance, messagesOf } from "./support/ledger.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

async function oneHandedOut(): Promise<{ readonly campaign: Launched; readonly epoch: number; readonly handed: Handed }> {
  const sending = await aSending(db.owner);
  const campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 1));
  const epoch = await takeOver(engine, campaign.workspaceId, campaign.campaignId);
  const lanes = [{ campaignId: campaign.campaignId, epoch, want: 1 }];
  const [handed] = handedOut(await grant(engine, { ...campaign, lanes }));
  if (!handed) throw new Error("nothing was granted");
  return { campaign, epoch, handed };
}
const rowsOf = async ({ campaignId }: Launched) => ({
  attempts: (await db.owner.query("select * from campaign_attempts where campaign_id = $1", [campaignId])).rows,
  messages: (await db.owner.query("select * from campaign_messages where campaign_id = $1", [campaignId])).rows,
});

const settling: readonly ResultState[] = ["accepted", "held", "failed", "deferred", "queued"];
const pairs = settling.flatMap((first) => (["accepted", "failed", "unknown", "queued"] as const).map((second) => [first, second] as const));
test.each(pairs)("an attempt that is settled as %s stays so: a second result, %s, changes nothing", async (first, second) => {
  const { campaign, handed } = await oneHandedOut();
  const { workspaceId, campaignId } = campaign;
  expect(await record(engine, workspaceId, [result(handed, first, { code: null, detail: null })])).toBe(1);
  const before = await rowsOf(campaign);
  expect(await record(engine, workspaceId, [result(handed, second, { code: "1", detail: "later", latencyMs: 99 })])).toBe(0);
  expect(await rowsOf(campaign)).toEqual(before);
  await expectBalance(db.owner, [campaignId]);
});

test.each(["too_late", "no_connection", "not_prepared", "cancelled", "not_started"])(
  "a request that never began, because of %s, is an attempt that was not started",
  async (reason) => {
    const { campaign, handed } = await oneHandedOut();
    await record(engine, campaign.workspaceId, [result(handed, "queued", { reason, retryMs: 0 })]);
    expect((await rowsOf(campaign)).attempts).toMatchObject([{ outcome: "not_started" }]);
    expect(await messagesOf(db.owner, campaign.campaignId)).toMatchObject([{ state: "queued", reason, tries: 0, isQueued: true }]);
  },
);

test("a message may be attempted more often than a smallint counts", async () => {
  const { campaign, epoch, handed } = await oneHandedOut();
  const { workspaceId, campaignId } = campaign;
  await record(engine, workspaceId, [result(handed, "queued", { retryMs: 0 })]);
  await db.owner.query("update campaign_messages set attempt = 32767 where campaign_id = $1", [campaignId]);
  const again = handedOut(await grant(engine, { ...campaign, lanes: [{ campaignId, epoch, want: 1 }] }));
  expect(again).toEqual([{ ...handed, attempt: 32768 }]);
  expect(
    await record(
      engine,
      workspaceId,
      again.map((one) => result(one, "accepted")),
    ),
  ).toBe(1);
  await expectBalance(db.owner, [campaignId]);
});

test("the end waits for a change that is under way, and sees it", async () => {
  const { campaign, handed } = await oneHandedOut();
  const { workspaceId, campaignId } = campaign;
  await record(engine, workspaceId, [result(handed, "unknown")]);
  await engine.query("begin");
  await record(engine, workspaceId, [result(handed, "accepted")]);
  const other = await db.connect("engine");
  const { rows } = await other.query<{ pid: number }>("select pg_backend_pid() as pid");
  const ending = finalise(other, workspaceId, campaignId);
  await expect
    .poll(async () => (await db.owner.query("select cardinality(pg_blocking_pids($1)) as n", [rows[0]?.pid])).rows, { timeout: 10_000 })
    .toEqual([{ n: 1 }]);
  await engine.query("commit");
  expect(await ending).toBe("sent");
});

test("what a person sends takes one slot of the number; what was stored before the last two seconds takes none", async () => {
  const { workspaceId, senderId } = await aSending(db.owner, { capPerSecond: 100 });
  const stored = async (age: string): Promise<string> => {
    const { rows } = await db.owner.query<{ id: string }>(
      "insert into webhook_inbox (provider, body, received_at) values ('meta', '{}', clock_timestamp() - $1::interval) returning id",
      [age],
    );
    return rows[0]?.id ?? "0";
  };
  const tat = async (): Promise<number> =>
    (await db.owner.query<{ tat: number }>("select tat from phone_numbers where id = $1", [senderId])).rows[0]?.tat ?? 0;
  // half a second ahead, so that the clock does not matter
  await db.owner.query("update phone_numbers set tat = extract(epoch from clock_timestamp()) + 0.5 where id = $1", [senderId]);
  const before = await tat();
  await engine.query("select herald.debit_replies($1, $2, $3)", [workspaceId, senderId, [await stored("1 hour")]]);
  expect(await tat()).toBe(before);
  const fresh = await stored("0 seconds");
  await engine.query("select herald.debit_replies($1, $2, $3)", [workspaceId, senderId, [fresh]]);
  expect((await tat()) - before).toBeCloseTo(1 / (100 * 0.97), 5);
});
