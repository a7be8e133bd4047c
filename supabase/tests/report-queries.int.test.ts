import type { ReportPort } from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import { createEngine, createVerbs } from "@herald/postgres";
import { aMember } from "@herald/testkit";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BigLedger, bigLedger } from "./support/big-ledger.ts";
import { type Launched, launched, people } from "./support/launched.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { type Reads, readsBy, settleReads } from "./support/reads.ts";

const unknown = 50;
const small = 100;

let db: LawDatabase;
let owner: pg.Client;
let ledger: BigLedger;
let ended: Launched;
let actor: Awaited<ReturnType<typeof aMember>>;
/** Messages of the big campaign that did not simply go well; a report may read them and their attempts, and none of the others. */
let troubled: number;
beforeAll(async () => {
  db = await lawDatabase();
  ledger = await bigLedger(db.owner);
  actor = await aMember(db.owner, ledger.workspaceId);
  owner = await db.connect("owner");
  await owner.query(
    `update campaign_messages set state = 'unknown', receipt = null, reason = 'timeout' where id in (
       select id from campaign_messages where campaign_id = $1 and state = 'accepted' order by contact_id limit $2)`,
    [ledger.campaignId, unknown],
  );
  ended = await launched(db.owner, ledger, await people(db.owner, ledger.workspaceId, small));
  await owner.query("update campaign_messages set state = 'accepted', next_at = null where campaign_id = $1", [ended.campaignId]);
  await owner.query("vacuum (analyze, index_cleanup on) campaign_messages, campaign_attempts, campaign_counters");
  const { rows } = await owner.query("select from campaign_messages where campaign_id = $1 and reason is not null", [ledger.campaignId]);
  troubled = rows.length;
  await settleReads(db.owner, owner);
});
afterAll(() => db?.drop());

/** One read of the report, as the web makes it. */
function asked<T>(
  read: (reports: ReportPort, campaignId: CampaignId) => Promise<T>,
  of: { readonly campaignId: string } = ledger,
): Promise<{ readonly value: T; readonly reads: Reads }> {
  return readsBy(owner, async (applicationName) => {
    const verbs = createVerbs({ url: db.urls.verbs, applicationName, maxConnections: 1 });
    try {
      return await verbs.inTransaction(actor, ledger.workspaceId, ({ reports }) => read(reports, of.campaignId as CampaignId));
    } finally {
      await verbs.close();
    }
  });
}

describe("in a campaign of 130,000 beside one of 100,000 a report reads what did not simply go well, and nothing else", () => {
  test.each<[string, (reports: ReportPort, campaignId: CampaignId) => Promise<unknown>]>([
    ["who was left out, and why", (reports, campaignId) => reports.skips(campaignId)],
    ["the causes", (reports, campaignId) => reports.causes(campaignId)],
    ["what waits", (reports, campaignId) => reports.deferred(campaignId)],
  ])("%s", async (_what, read) => {
    const { value, reads } = await asked(read);
    expect(value).not.toEqual([]);
    expect(reads.wholeScans).toBe(0);
    expect(reads.rows).toBeLessThanOrEqual(2 * troubled);
  });

  test("the unknown, compared with 2,000 that were accepted", async () => {
    const { value, reads } = await asked((reports, campaignId) => reports.unknown(campaignId));
    expect(value).toMatchObject({ count: unknown, comparedWith: 2000 });
    expect(reads.wholeScans).toBe(0);
    expect(reads.rows).toBeLessThanOrEqual(2 * (troubled + 2000) + troubled);
  });

  test("the last grant, for a stall", async () => {
    const { value, reads } = await asked((reports, campaignId) => reports.lastGrantAtMs(campaignId));
    expect(value).not.toBeNull();
    expect(reads.wholeScans).toBe(0);
    expect(reads.rows).toBeLessThanOrEqual(10);
  });
});

test("L1: a recount reads its own campaign by an index: a hundred rows of 230,000", async () => {
  const { value, reads } = await asked((reports, campaignId) => reports.balance(campaignId), ended);
  expect(value).toMatchObject({ planned: small, isBalanced: true });
  expect(reads).toEqual({ wholeScans: 0, rows: small });
});

test("a campaign ends without reading any other", async () => {
  const { value, reads } = await readsBy(owner, async (applicationName) => {
    const engine = createEngine({
      url: db.urls.engine,
      applicationName,
      openToken: () => "token",
      providersByName: {},
      monotonicMs: () => performance.now(),
    });
    try {
      return await engine.run.finalise(ended.workspaceId, ended.campaignId as CampaignId);
    } finally {
      await engine.close();
    }
  });
  expect(value).toBe("sent");
  expect(reads).toEqual({ wholeScans: 0, rows: small });
});
