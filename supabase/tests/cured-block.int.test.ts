import { settleRefusal } from "@herald/campaign";
import { refusalClasses } from "@herald/provider";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, handedOut, record, result, takeOver } from "./support/engine.ts";
import { anotherNumber, aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance, messagesOf, setFlag } from "./support/ledger.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

const refused = { retryMs: null, reason: "NUMBER", class: "NUMBER", code: "131031", block: "number" };

/** Two of a campaign's three, handed out. */
async function started({ campaignId, workspaceId, senderId }: Launched) {
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const [first, second] = handedOut(await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 2 }] }));
  if (!first || !second) throw new Error("nothing was granted");
  return { campaignId, epoch, first, second };
}
const openBlock = async (senderId: string): Promise<string> => {
  const { rows } = await db.owner.query<{ id: string }>("select id from blocks where scope_id = $1 and cured_at is null", [senderId]);
  return rows[0]?.id ?? "0";
};
const cure = async (client: pg.Client, workspaceId: string, blockId: string): Promise<number> =>
  (await client.query<{ n: number }>("select herald.cure_block($1, $2) as n", [workspaceId, blockId])).rows[0]?.n ?? -1;

test("a cured block frees what it deferred in every campaign of the number, but not the cancelled, those of others, or what waits for its own time", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const contactIds = await people(db.owner, workspaceId, 3);
  const one = await launched(db.owner, sending, contactIds);
  const two = await launched(db.owner, sending, contactIds);
  const cancelled = await launched(db.owner, sending, contactIds);
  const elsewhere = await launched(db.owner, await anotherNumber(db.owner, workspaceId), contactIds);
  const all = [elsewhere, cancelled, one, two];
  const starts = [];
  for (const campaign of all) starts.push(await started(campaign));
  const soon = { retryMs: 3_600_000, reason: "SOON", class: "SOON" };
  for (const { first, second } of starts)
    await record(engine, workspaceId, [result(first, "deferred", refused), result(second, "deferred", soon)]);
  await setFlag(db.owner, cancelled.campaignId, "cancelled");
  const due = async ({ campaignId }: Launched) =>
    (
      await db.owner.query<{ n: number }>(
        "select count(*)::int as n from campaign_messages where campaign_id = $1 and state = 'deferred' and next_at <= clock_timestamp()",
        [campaignId],
      )
    ).rows[0]?.n;
  const lanes = starts.slice(2).map(({ campaignId, epoch }) => ({ campaignId, epoch, want: 5 }));
  expect((await grant(engine, { workspaceId, senderId, lanes })).map(({ reason }) => reason)).toEqual(["blocked", "blocked"]);
  const blockId = await openBlock(senderId);
  expect(await cure(engine, workspaceId, blockId)).toBe(2);
  expect(await Promise.all(all.map(due))).toEqual([0, 0, 1, 1]);
  await expectBalance(
    db.owner,
    all.map(({ campaignId }) => campaignId),
  );
  expect(await openBlock(senderId)).toBe("0");
  expect(await cure(engine, workspaceId, blockId), "a cured block stays as it is").toBe(0);
  expect((await grant(engine, { workspaceId, senderId, lanes })).map(({ message_ids }) => message_ids.length)).toEqual([2, 2]);
});

test("results that are being written while a block is cured are freed with it", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const campaign = await launched(db.owner, sending, await people(db.owner, workspaceId, 2));
  const { campaignId, first, second } = await started(campaign);
  await record(engine, workspaceId, [result(first, "deferred", refused)]);
  const blockId = await openBlock(senderId);
  await engine.query("begin");
  await record(engine, workspaceId, [result(second, "deferred", refused)]);
  const operator = await db.connect("engine");
  const { rows } = await operator.query<{ pid: number }>("select pg_backend_pid() as pid");
  const curing = cure(operator, workspaceId, blockId);
  await expect
    .poll(async () => (await db.owner.query("select cardinality(pg_blocking_pids($1)) as n", [rows[0]?.pid])).rows, { timeout: 10_000 })
    .toEqual([{ n: 1 }]);
  await engine.query("commit");
  expect(await curing).toBe(2);
  expect((await messagesOf(db.owner, campaignId)).map(({ isQueued }) => isQueued)).toEqual([true, true]);
});

test("a block of another workspace cannot be cured", async () => {
  const { workspaceId } = await aSending(db.owner);
  const { rows } = await db.owner.query("select coalesce(max(id), 0) as id from blocks");
  await expect(cure(engine, workspaceId, rows[0]?.id)).rejects.toMatchObject({ code: "HE404" });
});

test.each(refusalClasses)("the database and settleRefusal() agree whether %s opens a block", async (name) => {
  const { rows } = await db.owner.query("select herald.is_blocking_class($1) as opens", [name]);
  const settled = settleRefusal({ class: name, code: null, detail: "", retryAfterMs: null, maxAttempts: 3 });
  expect(rows).toEqual([{ opens: settled.block !== null && settled.retryInMs === null }]);
});
