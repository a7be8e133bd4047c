import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { grant, handedOut, record, result, takeOver } from "./support/engine.ts";
import { anotherNumber, aSending, type Launched, launched, people } from "./support/launched.ts";
import { attempt, type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
let engine: pg.Client;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());

/** Two campaigns of a number, one of them paused; one of another account, and one of the number that has ended. */
type Shelf = Readonly<Record<"sending" | "paused" | "elsewhere" | "ended", Launched>>;
let shelf: Shelf;
beforeEach(async () => {
  const sending = await aSending(db.owner);
  const { workspaceId } = sending;
  const contactIds = await people(db.owner, workspaceId, 3);
  shelf = {
    sending: await launched(db.owner, sending, contactIds),
    paused: await launched(db.owner, sending, contactIds),
    elsewhere: await launched(db.owner, await anotherNumber(db.owner, workspaceId), contactIds),
    ended: await launched(db.owner, sending, contactIds),
  };
  await db.owner.query("update campaign_history set status = 'paused', pause_reasons = '{operator}' where id = $1", [
    shelf.paused.campaignId,
  ]);
  await db.owner.query("update campaign_history set status = 'cancelled' where id = $1", [shelf.ended.campaignId]);
});

const wordsOf = async ({ campaignId }: Launched): Promise<number> =>
  (await engine.query("select from herald.campaigns_changed_since('-infinity') where campaign_id = $1", [campaignId])).rowCount ?? 0;
/** How many words each campaign of the shelf got by what was done. */
async function toldBy(act: () => Promise<unknown>): Promise<Readonly<Record<keyof Shelf, number>>> {
  const count = async () => ({
    sending: await wordsOf(shelf.sending),
    paused: await wordsOf(shelf.paused),
    elsewhere: await wordsOf(shelf.elsewhere),
    ended: await wordsOf(shelf.ended),
  });
  const before = await count();
  await act();
  const after = await count();
  return {
    sending: after.sending - before.sending,
    paused: after.paused - before.paused,
    elsewhere: after.elsewhere - before.elsewhere,
    ended: after.ended - before.ended,
  };
}
const nobody = { sending: 0, paused: 0, elsewhere: 0, ended: 0 };
const ofTheAccount = { ...nobody, sending: 1, paused: 1 };
const everyOpen = { ...ofTheAccount, elsewhere: 1 };

const restrictSql =
  "select herald.enter_workspace($1), herald.open_said_block($1, 'waba', $2, 'WABA', 'RESTRICTED', '', now(), null, '{}')";
const restrict = () => engine.query(restrictSql, [shelf.sending.workspaceId, shelf.sending.sourceId]);
const openBlock = async (scopeId: string): Promise<string> => {
  const { rows } = await db.owner.query<{ id: string }>("select id from blocks where scope_id = $1 and cured_at is null", [scopeId]);
  return rows[0]?.id ?? "0";
};
const cure = (blockId: string, limit = 5000) =>
  engine.query("select herald.cure_block($1, $2, $3)", [shelf.sending.workspaceId, blockId, limit]);

test("the deployment's switch is told to every campaign that has not ended, in every workspace, when it is set and when it is let go", async () => {
  const neighbour = await aSending(db.owner);
  const theirs = await launched(db.owner, neighbour, await people(db.owner, neighbour.workspaceId, 1));
  const before = await wordsOf(theirs);
  expect(await toldBy(() => db.owner.query("select herald.set_stop_all(true, 'complaints')"))).toEqual(everyOpen);
  expect(await toldBy(() => db.owner.query("select herald.set_stop_all(false, 'answered')"))).toEqual(everyOpen);
  expect(await wordsOf(theirs)).toBe(before + 2);
});

test("a block is told to the campaigns that it reaches, when the provider's word opens it and when it is cured, and to no other", async () => {
  expect(await toldBy(restrict)).toEqual(ofTheAccount);
  expect(await toldBy(restrict), "said again, it stands as it stood").toEqual(nobody);
  const blockId = await openBlock(shelf.sending.sourceId);
  expect(await toldBy(() => cure(blockId))).toEqual(ofTheAccount);
  expect(await toldBy(() => cure(blockId)), "a cured block stays as it is").toEqual(nobody);
});

test("a block that a refusal opened and that is cured in parts is told when the last part ends it", async () => {
  const { workspaceId, senderId, campaignId } = shelf.sending;
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const handed = handedOut(await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 2 }] }));
  const refused = { retryMs: null, reason: "NUMBER", class: "NUMBER", code: "131031", block: "number" };
  const refuse = () =>
    record(
      engine,
      workspaceId,
      handed.map((one) => result(one, "deferred", refused)),
    );
  expect(await toldBy(refuse)).toEqual(ofTheAccount);
  const blockId = await openBlock(senderId);
  for (const left of [1, 1]) await cure(blockId, left);
  expect(await openBlock(senderId), "as many as a part may free were found, so there may be more").toBe(blockId);
  expect(await toldBy(() => cure(blockId, 1))).toEqual(ofTheAccount);
  expect(await openBlock(senderId)).toBe("0");
});

test("whoever leaves word waits for nobody: rows of the campaigns that somebody holds are no obstacle", async () => {
  const holder = await db.connect("owner");
  const owner = await db.connect("owner");
  await holder.query("begin");
  await holder.query("select from campaign_history for update");
  await holder.query("select from campaign_controls for update");
  try {
    const { workspaceId, sourceId } = shelf.sending;
    for (const [client, text, values] of [
      [owner, "select herald.set_stop_all(true)", []],
      [engine, restrictSql, [workspaceId, sourceId]],
    ] as const) {
      await client.query("begin");
      await client.query("set local lock_timeout = '1s'");
      expect(await attempt(client, text, values)).toEqual({ rowCount: 1 });
      await client.query("rollback");
    }
  } finally {
    await holder.query("rollback");
  }
});
