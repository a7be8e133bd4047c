import type { CampaignId } from "@herald/kernel";
import { createEngine } from "@herald/postgres";
import type pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { grant, type Handed, handedOut, merge, type ResultState, receipt, record, result, takeOver } from "./support/engine.ts";
import { aSmallOne, freshLedger } from "./support/fresh-ledger.ts";
import type { Launched } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { explaining, nodesOf, type PlanNode, rowsRead } from "./support/plans.ts";
import { readsBy, settleReads } from "./support/reads.ts";

const databases: LawDatabase[] = [];
const aDatabase = async (): Promise<LawDatabase> => {
  const db = await lawDatabase();
  databases.push(db);
  return db;
};
afterAll(() => Promise.all(databases.map((db) => db.drop())));

const campaign = 10_000;
const batch = 40;
/** Rows of all tables that a call may read for one message; it reads about 14. A whole campaign would be 250. */
const perMessage = 25;

const reads = (plans: readonly PlanNode[]): number =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node["Relation Name"] !== undefined && node["Node Type"].endsWith("Scan"))
    .reduce((sum, node) => sum + rowsRead(node), 0);

type Call = (client: pg.Client, of: Launched, sent: readonly Handed[]) => Promise<unknown>;
async function ask(client: pg.Client, { workspaceId, senderId, campaignId }: Launched, want: number): Promise<readonly Handed[]> {
  const epoch = await takeOver(client, workspaceId, campaignId);
  return handedOut(await grant(client, { workspaceId, senderId, lanes: [{ campaignId, epoch, want }] }));
}
const answers: readonly ResultState[] = ["accepted", "deferred", "unknown"];
const flush: Call = (client, { workspaceId }, handed) =>
  record(
    client,
    workspaceId,
    handed.map((one, index) => result(one, answers[index % answers.length] ?? "accepted")),
  );
const takeReceipts: Call = (client, { workspaceId }, sent) =>
  merge(
    client,
    workspaceId,
    sent.map((one, index) => receipt(one, index % 3 === 0 ? "failed" : "read")),
  );

describe.each([
  ["on a connection that planned nothing yet", async () => undefined],
  [
    "on a connection whose plans were made while the ledger was empty",
    async (db: LawDatabase, client: pg.Client) => {
      const small = await aSmallOne(db.owner);
      for (let round = 0; round < 6; round += 1) {
        const handed = await ask(client, small, 2);
        await flush(client, small, handed);
        await takeReceipts(client, small, handed.slice(0, 1));
      }
    },
  ],
])("of a campaign frozen a moment ago, in a ledger that was never analyzed, %s", (_name, begin) => {
  test("a grant, a flush and a batch of receipts read what they are about, whatever the size of the campaign", async () => {
    const db = await aDatabase();
    const client = await db.connect("owner");
    const explain = await explaining(client);
    await begin(db, client);
    const ledger = await freshLedger(db.owner, campaign);
    const granted = await explain(() => ask(client, ledger, batch));
    expect(granted.value).toHaveLength(batch);
    expect(reads(granted.plans), "the grant").toBeLessThan(perMessage * batch);
    const flushed = await explain(() => flush(client, ledger, granted.value));
    expect(flushed.value).toBe(batch);
    expect(reads(flushed.plans), "the flush").toBeLessThan(perMessage * batch);
    const merged = await explain(() => takeReceipts(client, ledger, ledger.sent.slice(5000, 5000 + batch)));
    expect(merged.value).toMatchObject({ matched: batch });
    expect(reads(merged.plans), "the receipts").toBeLessThan(perMessage * batch);
  });
});

test("the feed of the conversation store reads the attempts it was told of, and not their campaign", async () => {
  const db = await aDatabase();
  const ledger = await freshLedger(db.owner, campaign);
  const client = await db.connect("engine");
  const handed = await ask(client, ledger, batch);
  await record(
    client,
    ledger.workspaceId,
    handed.map((one) => result(one, "accepted")),
  );
  const looking = await db.connect("owner");
  await settleReads(db.owner, client, looking);
  const { value, reads: told } = await readsBy(looking, async (applicationName) => {
    const engine = createEngine({
      url: db.urls.engine,
      applicationName,
      openToken: () => "token",
      providersByName: {},
      monotonicMs: () => performance.now(),
    });
    const rows = await engine.projections.claim(100);
    await engine.close();
    return rows;
  });
  const projections = value.flatMap((row) => row.projections);
  expect(projections.map((one) => one.kind === "outbound" && one.campaignId)).toEqual(
    Array.from({ length: batch }, () => ledger.campaignId as CampaignId),
  );
  expect(told.wholeScans).toBe(0);
  expect(told.rows).toBeLessThan(perMessage * batch);
});
