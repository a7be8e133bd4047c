import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grant, pace, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

/** From the moment the provider counts a reply until its slot is debited, seconds. */
const debitLag = 0.1;

describe("what the pace takes for granted of the product's own settings", () => {
  test.each([0.5, 8, 40])(
    "at %d replies a second the room left for them covers twice what may come unseen within a horizon",
    async (perSecond) => {
      const { rows } = await db.owner.query<{ room: number }>("select herald.reply_room(1000, $1, herald.now_s()) as room", [perSecond]);
      expect(rows[0]?.room).toBeGreaterThanOrEqual(2 * Math.sqrt(2 * (debitLag + pace.horizon) * perSecond) - 1e-3);
    },
  );
  test("beyond a fifth of the cap replies take no more room: the number goes on sending", async () => {
    const { rows } = await db.owner.query<{ room: number }>("select herald.reply_room(80, 1000, herald.now_s()) as room");
    expect(rows[0]?.room).toBeCloseTo(16, 6);
  });
});

describe("L5: the share of a cap that may be used", () => {
  const setTo = (senderId: string, utilisation: number) =>
    db.owner.query("update phone_numbers set utilisation = $2 where id = $1", [senderId, utilisation]);

  test("at the highest one the slots of a full second, and of the window behind it, are no more than the cap", async () => {
    const sending = await aSending(db.owner, { capPerSecond: 80 });
    const { workspaceId, senderId } = sending;
    const { campaignId } = await launched(db.owner, sending, await people(db.owner, workspaceId, 2));
    await setTo(senderId, 0.985);
    const engine = await db.connect("engine");
    const epoch = await takeOver(engine, workspaceId, campaignId);
    const [lane] = await grant(engine, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 2 }] });
    const stepMs = lane?.step_ms ?? 0;
    // the first begins as late as it may, the one after a whole cap as early
    expect(80 * stepMs).toBeGreaterThanOrEqual(1000 + pace.window * 1000);
  });

  test.each([0.99, 1])("%d is refused: there the first late slot of a second would meet one too many", async (utilisation) => {
    const { senderId } = await aSending(db.owner);
    await expect(setTo(senderId, utilisation)).rejects.toThrow("phone_numbers_utilisation_check");
  });
});
