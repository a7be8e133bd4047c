import { afterAll, beforeAll, expect, test } from "vitest";
import { grant, takeOver } from "./support/engine.ts";
import { aSending, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";

let db: LawDatabase;
beforeAll(async () => {
  db = await lawDatabase();
});
afterAll(() => db?.drop());

type Plan = {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows"?: number;
  readonly Plans?: readonly Plan[];
};
const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

test("at 100,000 messages the gate picks what is due through campaign_messages_due, and reads no more than it grants", async () => {
  const sending = await aSending(db.owner);
  const { workspaceId, senderId } = sending;
  const contactIds = await people(db.owner, workspaceId, 50_000);
  const { campaignId } = await launched(db.owner, sending, contactIds);
  await launched(db.owner, sending, contactIds);
  await db.owner.query("analyze campaign_messages");
  const client = await db.connect("owner");
  const plans: Plan[] = [];
  client.on("notice", ({ message }) => {
    const json = message?.match(/plan:\n([^]*)/)?.[1];
    if (json !== undefined) plans.push((JSON.parse(json) as { Plan: Plan }).Plan);
  });
  // plans of the statements inside the function, as they really ran, under the engine's role and its policies
  await client.query("load 'auto_explain'");
  await client.query(
    "select set_config(name, value, false) from (values ('auto_explain.log_min_duration', '0'), ('auto_explain.log_nested_statements', 'on'), ('auto_explain.log_analyze', 'on'), ('auto_explain.log_timing', 'off'), ('auto_explain.log_format', 'json'), ('auto_explain.log_level', 'notice')) s(name, value)",
  );
  await client.query("set role herald_engine");
  const epoch = await takeOver(client, workspaceId, campaignId);
  plans.length = 0;
  const [lane] = await grant(client, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: 50 }] });
  expect(lane?.message_ids).toHaveLength(50);
  const picks = plans
    .map(nodesOf)
    .filter((nodes) =>
      nodes.some((node) => node["Node Type"] === "LockRows" && nodes.some((inner) => inner["Relation Name"] === "campaign_messages")),
    );
  expect(picks).toHaveLength(1);
  const reads = picks.flat().filter((node) => node["Relation Name"] === "campaign_messages");
  expect(reads.map((node) => [node["Node Type"], node["Index Name"], node["Actual Rows"]])).toEqual([
    ["Index Scan", "campaign_messages_due", 50],
  ]);
  const scans = plans.flatMap(nodesOf).filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === "campaign_messages");
  expect(scans, "no statement of a grant reads the table from end to end").toEqual([]);
});
