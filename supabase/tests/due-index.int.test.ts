import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { explaining, nodesOf, readsOf } from "./support/plans.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

test("at 100,000 messages the gate picks what is due through campaign_messages_due, and reads no more than it grants", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const contactIds = await people(db.owner, workspaceId, 50_000);
  const { campaignId } = await launched(db.owner, sending, contactIds);
  await launched(db.owner, sending, contactIds);
  await db.owner.query("analyze campaign_messages");
  const client = await db.connect("owner");
  const explain = await explaining(client);
  const epoch = await takeOver(client, workspaceId, campaignId);
  const { value, plans } = await explain(() => grant(client, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 50 }] }));
  expect(value[0]?.message_ids).toHaveLength(50);
  const picks = plans.filter((plan) =>
    nodesOf(plan).some((node) => node["Node Type"] === "LockRows" && readsOf([node], "campaign_messages").length > 0),
  );
  expect(picks).toHaveLength(1);
  expect(readsOf(picks, "campaign_messages").map((node) => [node["Node Type"], node["Index Name"], node["Actual Rows"]])).toEqual([
    ["Index Scan", "campaign_messages_due", 50],
  ]);
  const scans = readsOf(plans, "campaign_messages").filter((node) => node["Node Type"] === "Seq Scan");
  expect(scans, "no statement of a grant reads the table from end to end").toEqual([]);
});
