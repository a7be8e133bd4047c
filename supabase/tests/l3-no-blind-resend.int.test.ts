import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { grant, handedOut, merge, receipt, record, recover, result, returnLost, skipOpen, takeOver } from "./support/engine.ts";
import { aSending, type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { expectBalance, messagesOf, setFlag } from "./support/ledger.ts";
import { randomFrom } from "./support/random.ts";

let db: LawDatabase;
let engine: pg.Client;
let campaign: Launched;
beforeAll(async () => {
  db = await lawDatabase();
  engine = await db.connect("engine");
});
afterAll(() => db?.drop());
beforeEach(async () => {
  const sending = await aSending(db.owner);
  campaign = await launched(db.owner, sending, await people(db.owner, sending.workspaceId, 6));
});

const grantAll = async (epoch: number) =>
  handedOut(await grant(engine, { ...campaign, lanes: [{ campaignId: campaign.campaignId, epoch, want: 10 }] }));

/** Half are ambiguous by their answer, half because their sender died. */
async function makeUnknown(): Promise<number> {
  const { workspaceId, campaignId } = campaign;
  const handed = await grantAll(await takeOver(engine, workspaceId, campaignId));
  await record(
    engine,
    workspaceId,
    handed.slice(0, 3).map((one) => result(one, "unknown", { reason: "timeout" })),
  );
  const epoch = await takeOver(engine, workspaceId, campaignId);
  expect(await recover(engine, workspaceId, campaignId)).toBe(3);
  return epoch;
}

test("an attempt whose outcome is not known is never granted again, whatever of the engine runs in whatever order", async () => {
  const { workspaceId, senderId, campaignId } = campaign;
  let epoch = await makeUnknown();
  const random = randomFrom(Date.now());
  let moved = 0;
  for (let step = 0; step < 150; step += 1) {
    switch (random.below(6)) {
      case 0:
        epoch = await takeOver(engine, workspaceId, campaignId);
        break;
      case 1:
        moved += await recover(engine, workspaceId, campaignId);
        break;
      case 2:
        moved += await returnLost(engine, { workspaceId, senderId, campaignId, epoch: random.below(epoch + 1), held: [] });
        break;
      case 3:
        await setFlag(db.owner, campaignId, random.oneOf(["running", "paused", "cancelled"]));
        break;
      case 4:
        moved += await skipOpen(engine, workspaceId, campaignId, random.oneOf(["cancelled", "expired"]));
        break;
      default:
        moved += (await grantAll(epoch)).length;
    }
  }
  expect(moved, "handed out, put back, given up or left out").toBe(0);
  const messages = await messagesOf(db.owner, campaignId);
  expect(messages.map(({ state, attempt, isQueued }) => ({ state, attempt, isQueued }))).toEqual(
    Array.from({ length: 6 }, () => ({ state: "unknown", attempt: 1, isQueued: false })),
  );
  await expectBalance(db.owner, [campaignId]);
});

test("receipts settle what is not known: sent and delivered accept it, a final failure fails it, one that may be repeated is tried again", async () => {
  const { workspaceId, campaignId, messageIds } = campaign;
  await makeUnknown();
  const words = ["sent", "delivered", "failed", "read", "failed", "undelivered"] as const;
  await merge(
    engine,
    workspaceId,
    messageIds.map((messageId, index) =>
      receipt(
        { messageId, attempt: 1 },
        words[index] ?? "sent",
        index === 2 ? { state: "failed", reason: "ROW", retryMs: null, maxAttempts: 1 } : {},
      ),
    ),
  );
  const messages = await messagesOf(db.owner, campaignId);
  expect(messages.map(({ state }) => state)).toEqual(["accepted", "accepted", "failed", "accepted", "deferred", "accepted"]);
  await expectBalance(db.owner, [campaignId]);
});

test("an answer that arrives after the attempt was given up still settles it", async () => {
  const { workspaceId, campaignId, messageIds } = campaign;
  await makeUnknown();
  await record(
    engine,
    workspaceId,
    messageIds.map((messageId) => result({ messageId, attempt: 1 }, "accepted")),
  );
  expect((await messagesOf(db.owner, campaignId)).every(({ state }) => state === "accepted")).toBe(true);
  await expectBalance(db.owner, [campaignId]);
});
