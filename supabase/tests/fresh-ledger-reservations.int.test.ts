import { afterAll, expect, test } from "vitest";
import { grant, handedOut, record, result, takeOver } from "./support/engine.ts";
import { freshLedger } from "./support/fresh-ledger.ts";
import { type LawDatabase, lawDatabase } from "./support/law-database.ts";
import { explaining, readsOf, rowsRead } from "./support/plans.ts";

const databases: LawDatabase[] = [];
afterAll(() => Promise.all(databases.map((db) => db.drop())));

const people = 10_000;
const batch = 40;
/** Rows that may be read for one message of such a table. */
const perMessage = 5;

test.each([
  ["never analyzed", false],
  ["analyzed", true],
])(
  "a grant under a portfolio's limit, and the flush of its refusals, read the places and reservations of their own messages: %s",
  async (_name, isAnalyzed) => {
    const db = await lawDatabase();
    databases.push(db);
    const ledger = await freshLedger(db.owner, people, true);
    if (isAnalyzed) await db.owner.query("analyze");
    const { workspaceId, senderId, campaignId } = ledger;
    const client = await db.connect("owner");
    const explain = await explaining(client);
    const epoch = await takeOver(client, workspaceId, campaignId);
    const granted = await explain(async () =>
      handedOut(await grant(client, { workspaceId, senderId, lanes: [{ campaignId, epoch, want: batch }] })),
    );
    expect(granted.value).toHaveLength(batch);
    const flushed = await explain(() =>
      record(
        client,
        workspaceId,
        granted.value.map((one) => result(one, "failed")),
      ),
    );
    expect(flushed.value).toBe(batch);
    for (const table of ["portfolio_reservations", "contact_marketing"])
      for (const [call, { plans }] of Object.entries({ granted, flushed }))
        expect(
          readsOf(plans, table)
            .map(rowsRead)
            .reduce((sum, rows) => sum + rows, 0),
          `${table}, ${call}`,
        ).toBeLessThanOrEqual(perMessage * batch);
  },
);
