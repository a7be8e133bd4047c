import { aMember } from "@herald/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { steps } from "./model/commands.ts";
import type { Model } from "./model/model.ts";
import { takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { messagesOf } from "./support/ledger.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

const runs = 45;
const stepsPerRun = 100;
const timeLimitMs = 25_000;

test("random orders of everything that moves a message keep L1, L2, L3, L4, L6, L7 and L9 after each step (1,500 steps or 25 s)", async () => {
  const engine = await db.connect("engine");
  const verbs = await db.connect("verbs");
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: stepsPerRun, size: "max" }), async (commands) => {
      const sending = await aSending(db.owner);
      const { userId } = await aMember(db.owner, sending.workspaceId);
      const acting = { workspaceId: sending.workspaceId, userId };
      const contactIds = await people(db.owner, sending.workspaceId, 3);
      const campaigns = [await launched(db.owner, sending, contactIds), await launched(db.owner, sending, contactIds)];
      const model: Model = {
        steps: 0,
        optedOut: new Set(),
        campaigns: await Promise.all(campaigns.map(({ campaignId }) => toModel(campaignId))),
      };
      for (const { campaignId } of campaigns) await takeOver(engine, sending.workspaceId, campaignId);
      await fc.asyncModelRun(() => ({ model, real: { ...sending, engine, verbs, acting, owner: db.owner } }), commands);
      taken += model.steps;
    }),
    // a failure names its seed and its shortest path
    { numRuns: runs, interruptAfterTimeLimit: timeLimitMs },
  );
  expect(taken).toBeGreaterThan(200);
});

async function toModel(campaignId: string): Promise<Model["campaigns"][number]> {
  const rows = await messagesOf(db.owner, campaignId);
  return {
    campaignId,
    epoch: 1,
    flag: "running",
    messages: rows.map(({ id, contactId }) => ({
      messageId: id,
      contactId,
      attempts: [],
      state: "queued",
      receipt: null,
      tries: 0,
      isDecided: false,
    })),
  };
}
