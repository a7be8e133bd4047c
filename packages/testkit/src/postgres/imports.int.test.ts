import type { ImportedPerson } from "@herald/contacts";
import { ok } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const person = (rowNo: number, more: Partial<ImportedPerson> = {}): ImportedPerson => ({
  rowNo,
  address: { channel: "whatsapp", kind: "phone", value: `+1650${String(rowNo).padStart(7, "0")}` },
  country: "US",
  displayName: `Person ${rowNo}`,
  fields: {},
  tags: [],
  consent: null,
  ...more,
});

const importing = <T>(work: (ports: VerbPorts, batch: Parameters<VerbPorts["imports"]["upsertPeople"]>[0]) => Promise<T>) =>
  world.verbs.inTransaction(shop.actor, shop.workspaceId, async (ports) => {
    const importBatchId = await ports.imports.openBatch({ fileName: "people.csv", mapping: { Phone: "address" } });
    const recipientListId = await ports.imports.openList("Customers");
    return ok(await work(ports, { importBatchId, fileName: "people.csv", recipientListId }));
  });
const upsert = async (...people: ImportedPerson[]) => (await importing(({ imports }, batch) => imports.upsertPeople(batch, people))).value;
const contactsSql = `
  select c.display_name, c.fields, c.status, array(select tag from contact_tags t where t.contact_id = c.id order by 1) as tags, k.state as consent,
    (select count(*)::int from consents x where x.contact_id = c.id) as consents, (select count(*)::int from recipient_list_members m where m.contact_id = c.id) as lists
  from contacts c left join consent_states k on k.contact_id = c.id where c.workspace_id = $1 order by c.display_name`;
const contactRows = async () => (await world.database.owner.query(contactsSql, [shop.workspaceId])).rows;

test("people are added once by address; a second file updates what it says and keeps the rest", async () => {
  shop = await world.aShop();
  const first = person(1, { fields: { city: "Lima", plan: "a" }, tags: ["x"], consent: "granted" });
  expect(await upsert(first, person(2))).toEqual({ added: 2, updated: 0, optedOut: 0, consentsRecorded: 1 });
  expect(await upsert(person(1, { displayName: null, fields: { plan: "b" }, tags: ["y"], consent: "granted" }))).toEqual({
    added: 0,
    updated: 1,
    optedOut: 0,
    consentsRecorded: 0,
  });
  expect(await contactRows()).toEqual([
    {
      display_name: "Person 1",
      fields: { city: "Lima", plan: "b" },
      status: "active",
      tags: ["x", "y"],
      consent: "granted",
      consents: 1,
      lists: 1,
    },
    { display_name: "Person 2", fields: {}, status: "active", tags: [], consent: null, consents: 0, lists: 1 },
  ]);
});

test("a deleted person comes back; an opt-out of the address before is the person's, and no import grants over it", async () => {
  shop = await world.aShop();
  await world.database.owner.query(
    "insert into suppressions (workspace_id, channel, kind, value, reason) values ($1, 'whatsapp', 'phone', $2, 'stop')",
    [shop.workspaceId, person(1).address.value],
  );
  expect(await upsert(person(1, { consent: "granted" }))).toEqual({ added: 1, updated: 0, optedOut: 1, consentsRecorded: 0 });
  await world.database.owner.query("update contacts set status = 'deleted' where workspace_id = $1", [shop.workspaceId]);
  expect(await upsert(person(1, { consent: "granted" }))).toMatchObject({ updated: 1, optedOut: 1, consentsRecorded: 0 });
  expect(await contactRows()).toMatchObject([{ status: "active", consent: null }]);
});

test("withdrawn always counts, and granted never overrides it", async () => {
  shop = await world.aShop();
  await upsert(person(1, { consent: "granted" }));
  expect(await upsert(person(1, { consent: "withdrawn" }))).toMatchObject({ consentsRecorded: 1 });
  expect(await upsert(person(1, { consent: "granted" }))).toMatchObject({ consentsRecorded: 0 });
  expect(await contactRows()).toMatchObject([{ consent: "withdrawn", consents: 2 }]);
});

test("refused rows are kept as they came, counts and audit are written, and a failed import leaves nothing", async () => {
  shop = await world.aShop();
  await importing(async ({ imports }, { importBatchId }) => {
    await imports.keepRefusals(importBatchId, [{ rowNo: 3, reason: "no_phone", cells: ["", "Ana"] }]);
    await imports.closeBatch(importBatchId, { rowsRead: 1, added: 0, updated: 0, refused: 1 });
  });
  const { owner } = world.database;
  const { rows } = await owner.query("select row_no, reason, cells from import_row_errors where workspace_id = $1", [shop.workspaceId]);
  expect(rows).toEqual([{ row_no: 3, reason: "no_phone", cells: ["", "Ana"] }]);
  expect(
    (await owner.query("select from audit_log where workspace_id = $1 and action = 'contacts.imported'", [shop.workspaceId])).rowCount,
  ).toBe(1);
  await expect(
    importing(async ({ imports }, batch) => {
      await imports.upsertPeople(batch, [person(1)]);
      throw new Error("the file broke off");
    }),
  ).rejects.toThrow("broke off");
  expect(await contactRows()).toEqual([]);
});

test("20,000 people go in in seconds", async () => {
  shop = await world.aShop();
  const startedMs = performance.now();
  await importing(async ({ imports }, batch) => {
    for (let from = 0; from < 20_000; from += 1000)
      await imports.upsertPeople(
        batch,
        Array.from({ length: 1000 }, (_, index) => person(from + index + 1, { tags: ["x"], consent: "granted" })),
      );
  });
  // 2.5 s on two idle cores
  expect(performance.now() - startedMs).toBeLessThan(20_000);
}, 60_000);
