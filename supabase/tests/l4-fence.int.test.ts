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

test("a slice that took over while its campaign was paused says at the resume that it sends, and since when; nobody says so before a first slice", async () => {
  const { campaignId, workspaceId, senderId } = await aRunning(5);
  const says = async (flag: "paused" | "running", status: "paused" | "queued") => {
    await db.owner.query("update campaign_controls set flag = $2 where campaign_id = $1", [campaignId, flag]);
    await db.owner.query("update campaign_history set status = $2 where id = $1", [campaignId, status]);
  };
  const shown = async () =>
    (await db.owner.query("select status, started_at is not null as begun from campaign_history where id = $1", [campaignId])).rows[0];
  await recover(old, workspaceId, campaignId);
  expect(await shown()).toEqual({ status: "queued", begun: false });

  await says("paused", "paused");
  const epoch = await takeOver(old, workspaceId, campaignId);
  await recover(old, workspaceId, campaignId);
  expect(await shown()).toEqual({ status: "paused", begun: false });
  await says("running", "queued");
  expect(handedOut(await grant(old, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 2 }] })), "it goes on").toHaveLength(2);
  await recover(old, workspaceId, campaignId);
  expect(await shown()).toEqual({ status: "sending", begun: true });
});

test("what was sent before the slice could say so has begun all the same, once it ends", async () => {
  const { campaignId, workspaceId, senderId } = await aRunning(2);
  await db.owner.query("update campaign_controls set flag = 'paused' where campaign_id = $1", [campaignId]);
  const epoch = await takeOver(old, workspaceId, campaignId);
  await db.owner.query("update campaign_controls set flag = 'running' where campaign_id = $1", [campaignId]);
  const handed = handedOut(await grant(old, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 2 }] }));
  await record(
    old,
    workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
  await old.query("select herald.finalise($1, $2)", [workspaceId, campaignId]);
  const { rows } = await db.owner.query("select status, started_at <= finished_at as begun from campaign_history where id = $1", [
    campaignId,
  ]);
  expect(rows).toEqual([{ status: "sent", begun: true }]);
});
