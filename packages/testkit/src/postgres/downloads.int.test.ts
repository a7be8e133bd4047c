import { readAudit, roleCan } from "@herald/identity";
import { type ImportBatchId, roles } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aMember, createWorld, type Shop, type World } from "../index.ts";

let world: World;
let shop: Shop;
let importBatchId: ImportBatchId;
beforeAll(async () => {
  world = await createWorld();
  shop = await world.aShop();
  importBatchId = await anImport(shop);
});
afterAll(() => world.close());

async function anImport({ workspaceId }: Shop): Promise<ImportBatchId> {
  const { rows } = await world.database.owner.query<{ id: ImportBatchId }>(
    `with batch as (insert into import_batches (workspace_id, file_name, mapping, rows_refused) values ($1, 'people.csv', '{}', 2) returning id),
      refused as (insert into import_row_errors (workspace_id, import_batch_id, row_no, reason, cells)
        select $1, id, n, 'not a phone number', '["Ana", "12"]' from batch, generate_series(1, 2) n)
     select id from batch`,
    [workspaceId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("no import");
  return row.id;
}
type Person = Shop["actor"];
const act = <T>(by: Person, workspaceId: Shop["workspaceId"], work: (ports: VerbPorts) => Promise<T>): Promise<T> =>
  world.verbs.inTransaction(by, workspaceId, work);
const entries = async () => {
  const page = await act(shop.actor, shop.workspaceId, (ports) => readAudit({ ...ports, allows: () => true }, { limit: 10 }));
  if (!page.ok) throw new Error("the log is read");
  return page.value.entries;
};

/** Rows of the table that a person gets with nothing but their own token. */
async function cellsSeenBy({ userId }: Person): Promise<number> {
  const client = new pg.Client({ connectionString: world.database.urls.owner });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify({ sub: userId, role: "authenticated" })]);
    await client.query("set local role authenticated");
    return (await client.query("select from import_row_errors")).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

test.each(roles)("the database shows the cells an import refused to the role %s as the table of capabilities says", async (role) => {
  const person = await aMember(world.database.owner, shop.workspaceId, role);
  const isAllowed = roleCan(role, "contacts.import", { onlyAdminsSend: true });
  expect(await cellsSeenBy(person)).toBe(isAllowed ? 2 : 0);
});

test("what leaves as a file is in the log with who took what and how many, and no word about any person", async () => {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(3))
    .withSkipped(await shop.contacts(2, { fromNumber: 1000 }))
    .launch();
  await act(shop.actor, shop.workspaceId, ({ auditTrail }) => auditTrail.noteDownload({ of: "recipients", campaignId }));
  await act(shop.actor, shop.workspaceId, ({ auditTrail }) => auditTrail.noteDownload({ of: "refused_rows", importBatchId }));
  const [refused, recipients] = await entries();
  const by = { actorKind: "user", actorId: shop.actor.userId };
  expect(recipients).toMatchObject({
    ...by,
    action: "recipients.exported",
    resourceKind: "campaign",
    resourceId: campaignId,
    resourceName: "Test campaign",
  });
  expect(recipients?.detail).toEqual({ people: 5 });
  expect(refused).toMatchObject({
    ...by,
    action: "contacts.refused_rows_downloaded",
    resourceKind: "import_batch",
    resourceId: importBatchId,
    resourceName: "people.csv",
  });
  expect(refused?.detail).toEqual({ refused: 2 });
});

test("L10: nobody leaves word about a campaign or an import of another workspace, and none in a workspace that is not theirs", async () => {
  const neighbour = await world.aShop();
  const theirs = await anImport(neighbour);
  await expect(
    act(shop.actor, shop.workspaceId, ({ auditTrail }) => auditTrail.noteDownload({ of: "refused_rows", importBatchId: theirs })),
  ).rejects.toThrow("one row");
  await expect(
    act(shop.actor, neighbour.workspaceId, ({ auditTrail }) => auditTrail.noteDownload({ of: "refused_rows", importBatchId: theirs })),
  ).rejects.toThrow("one row");
});

test("a transaction that fails after the entry takes the entry with it", async () => {
  const before = (await entries()).length;
  const failing = act(shop.actor, shop.workspaceId, async ({ auditTrail }) => {
    await auditTrail.noteDownload({ of: "refused_rows", importBatchId });
    throw new Error("the commit never came");
  });
  await expect(failing).rejects.toThrow("never came");
  expect((await entries()).length).toBe(before);
});
