import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, handedOut, merge, receipt, record, recover, result, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { attemptCount, expectBalance, messagesOf } from "./support/ledger.ts";

let db: LawDatabase;
let old: pg.Client;
let heir: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  old = await db.connect("engine");
  heir = await db.connect("engine");
});
afterAll(() => db?.drop());

const aRunning = async (count: number) => {
  const sending = await aSending(db.owner);
  return launched(db.owner, sending, await people(db.owner, sending.workspaceId, count));
};

test("a stale epoch gets nothing, also beside a lane that is not stale; nor does an epoch that nobody has yet", async () => {
  const { campaignId, workspaceId, senderId, ...sending } = await aRunning(20);
  const other = await launched(db.owner, { workspaceId, senderId, ...sending }, await people(db.owner, workspaceId, 20));
  const stale = await takeOver(old, workspaceId, campaignId);
  const current = await takeOver(heir, workspaceId, campaignId);
  expect(current).toBe(stale + 1);
  const epoch = await takeOver(old, workspaceId, other.campaignId);
  for (const wrong of [stale, 0, current + 1]) {
    const lanes = await grant(old, {
      workspaceId,
      senderId,
      lanes: [
        { campaignId, epoch: wrong, want: 5 },
        { campaignId: other.campaignId, epoch, want: 5 },
      ],
    });
    expect(lanes.map(({ reason, message_ids }) => [reason, message_ids.length])).toEqual([
      ["stale", 0],
      ["granted", 5],
    ]);
  }
  expect(await attemptCount(db.owner, campaignId)).toBe(0);
});

test("a take-over under way fences every grant that comes after it, before it is known to have committed (150 races)", async () => {
  const { campaignId, workspaceId, senderId } = await aRunning(300);
  let epoch = await takeOver(old, workspaceId, campaignId);
  for (let race = 0; race < 150; race += 1) {
    await heir.query("begin");
    const next = await takeOver(heir, workspaceId, campaignId);
    const granting = grant(old, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 2 }] });
    await heir.query("commit");
    expect((await granting).map(({ reason }) => reason)).toEqual(["stale"]);
    epoch = next;
  }
  expect(await attemptCount(db.owner, campaignId)).toBe(0);
});

test("evidence of a stale epoch always merges: answers, receipts, and answers for what was given up", async () => {
  const { campaignId, workspaceId, senderId } = await aRunning(9);
  const epoch = await takeOver(old, workspaceId, campaignId);
  const handed = handedOut(await grant(old, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 9 }] }));
  await takeOver(heir, workspaceId, campaignId);
  expect(
    await record(
      old,
      workspaceId,
      handed.slice(0, 3).map((one) => result(one, "accepted")),
    ),
  ).toBe(3);
  expect(
    await merge(
      old,
      workspaceId,
      handed.slice(3, 6).map((one) => receipt(one, "delivered")),
    ),
  ).toEqual({ matched: 3, moved: 3, parked: 0 });
  expect(await recover(heir, workspaceId, campaignId)).toBe(3);
  expect(
    await record(
      old,
      workspaceId,
      handed.slice(6).map((one) => result(one, "accepted")),
    ),
  ).toBe(3);
  expect((await messagesOf(db.owner, campaignId)).map(({ state }) => state)).toEqual(Array.from({ length: 9 }, () => "accepted"));
  await expectBalance(db.owner, [campaignId]);
});
