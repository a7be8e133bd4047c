import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, type Handed, handedOut, returnLost, slotsOf, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { attemptCount, expectBalance, messagesOf } from "./support/ledger.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

const intentsSql = `
  select m.id as "messageId", a.attempt, a.epoch, a.outcome, (extract(epoch from a.send_by) * 1000)::double precision as "sendByMs"
  from campaign_messages m join campaign_attempts a on a.message_id = m.id and a.attempt = m.attempt and a.epoch = m.epoch and a.send_by = m.send_by
  where m.campaign_id = any ($1) and m.state = 'dispatching' and m.next_at is null and a.intent_at <= clock_timestamp()`;
type Intent = Handed & { readonly sendByMs: number; readonly outcome: string | null };

test("when a grant answers, all it hands out is committed as dispatching with its attempt and its send_by, and nothing else is", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const contactIds = await people(db.owner, workspaceId, 600);
  const campaigns = [await launched(db.owner, sending, contactIds), await launched(db.owner, sending, contactIds.slice(300))];
  const campaignIds = campaigns.map(({ campaignId }) => campaignId);
  const clients = [await db.connect("engine"), await db.connect("engine")];
  const [first, second] = clients;
  if (!first || !second) throw new Error("two connections were opened");
  for (const campaignId of campaignIds) await takeOver(first, workspaceId, campaignId);

  const handed = new Map<string, number>();
  for (let round = 0; round < 40; round += 1) {
    const asks = clients.map((client, index) =>
      grant(client, {
        workspaceId,
        senderId,
        lanes: campaignIds.map((campaignId) => ({ campaignId, epoch: 1, want: 1 + (round % 9) })),
        shard: index,
      }),
    );
    for (const lanes of await Promise.all(asks))
      for (const lane of lanes) {
        const slots = slotsOf(lane);
        for (const [index, messageId] of lane.message_ids.entries()) {
          expect(handed.has(messageId), "a message is handed out once").toBe(false);
          handed.set(messageId, (slots[index] ?? 0) * 1000 + 15);
        }
      }
    const { rows } = await db.owner.query<Intent>(intentsSql, [campaignIds]);
    expect(new Set(rows.map(({ messageId }) => messageId))).toEqual(new Set(handed.keys()));
    for (const { messageId, outcome, sendByMs } of rows) {
      expect(outcome, "its answer is awaited").toBeNull();
      expect(sendByMs, "send_by is 15 ms after the slot").toBeCloseTo(handed.get(messageId) ?? 0, 1);
    }
  }
  for (const campaignId of campaignIds) {
    const messages = await messagesOf(db.owner, campaignId);
    expect(messages.filter(({ state }) => state === "dispatching")).toHaveLength(await attemptCount(db.owner, campaignId));
  }
  await expectBalance(db.owner, campaignIds);
});

test("a grant that is not committed hands out nothing: no intent, no budget, no counter", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const { campaignId } = await launched(db.owner, sending, await people(db.owner, workspaceId, 5));
  const engine = await db.connect("engine");
  const epoch = await takeOver(engine, workspaceId, campaignId);
  await engine.query("begin");
  expect(handedOut(await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 5 }] }))).toHaveLength(5);
  await engine.query("rollback");
  expect((await messagesOf(db.owner, campaignId)).every(({ state, attempt }) => state === "queued" && attempt === 0)).toBe(true);
  expect(await attemptCount(db.owner, campaignId)).toBe(0);
  const { rows } = await db.owner.query("select tat from phone_numbers where id = $1", [senderId]);
  expect(rows).toEqual([{ tat: 0 }]);
  await expectBalance(db.owner, [campaignId]);
});

test("intents of a grant whose answer was lost go back to the queue, those that are held stay", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const { campaignId } = await launched(db.owner, sending, await people(db.owner, workspaceId, 10));
  const engine = await db.connect("engine");
  const epoch = await takeOver(engine, workspaceId, campaignId);
  const ask = { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 4 }] };
  const held = handedOut(await grant(engine, ask));
  const lost = handedOut(await grant(engine, ask));
  expect(await returnLost(engine, { workspaceId, senderId, campaignId, epoch, held })).toBe(lost.length);
  const dispatching = (await messagesOf(db.owner, campaignId)).filter(({ state }) => state === "dispatching");
  expect(dispatching.map(({ id }) => id)).toEqual(held.map(({ messageId }) => messageId));
  const { rows } = await db.owner.query("select distinct outcome from campaign_attempts where message_id = any ($1)", [
    lost.map(({ messageId }) => messageId),
  ]);
  expect(rows).toEqual([{ outcome: "not_started" }]);
  await expectBalance(db.owner, [campaignId]);
});
