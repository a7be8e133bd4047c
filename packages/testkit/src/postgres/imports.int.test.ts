import type { ImportedPerson } from "@herald/contacts";
import { ok } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, eventually, type Shop, suppressPhone, type World } from "../index.ts";

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
    const list = await ports.imports.openList("Customers");
    const { recipientListId } = list;
    const importBatchId = await ports.imports.openBatch({
      fileName: "people.csv",
      headers: ["Phone", "Name"],
      delimiter: ";",
      mapping: { phone: "Phone", fields: {} },
      defaultCountry: "US",
      list,
    });
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
  expect(await upsert(first, person(2))).toEqual({ added: 2, updated: 0, optedOut: 0, consentsGranted: 1, consentsWithdrawn: 0 });
  expect(await upsert(person(1, { displayName: null, fields: { plan: "b" }, tags: ["y"], consent: "granted" }))).toEqual({
    added: 0,
    updated: 1,
    optedOut: 0,
    consentsGranted: 0,
    consentsWithdrawn: 0,
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
  await suppressPhone(world.database.owner, shop.workspaceId, { phone: person(1).address.value });
  expect(await upsert(person(1, { consent: "granted" }))).toEqual({
    added: 1,
    updated: 0,
    optedOut: 1,
    consentsGranted: 0,
    consentsWithdrawn: 0,
  });
  await world.database.owner.query("update contacts set status = 'deleted' where workspace_id = $1", [shop.workspaceId]);
  expect(await upsert(person(1, { consent: "granted" }))).toMatchObject({ updated: 1, optedOut: 1, consentsGranted: 0 });
  expect(await contactRows()).toMatchObject([{ status: "active", consent: null }]);
});

test("withdrawn always counts, and granted never overrides it", async () => {
  shop = await world.aShop();
  await upsert(person(1, { consent: "granted" }));
  expect(await upsert(person(1, { consent: "withdrawn" }))).toMatchObject({ consentsGranted: 0, consentsWithdrawn: 1 });
  expect(await upsert(person(1, { consent: "granted" }))).toMatchObject({ consentsGranted: 0, consentsWithdrawn: 0 });
  expect(await contactRows()).toMatchObject([{ consent: "withdrawn", consents: 2 }]);
});

const result = {
  rowsRead: 1,
  added: 0,
  updated: 0,
  refused: 1,
  refusals: [{ reason: "no_phone" as const, count: 1 }],
  optedOut: 0,
  consentsGranted: 2,
  consentsWithdrawn: 3,
};

test("refused rows are kept as they came, the result and the audit are written, and a failed import leaves nothing", async () => {
  shop = await world.aShop();
  const { value: importBatchId } = await importing(async ({ imports }, batch) => {
    await imports.keepRefusals(batch.importBatchId, [{ rowNo: 3, reason: "no_phone", cells: ["", "Ana"] }]);
    await imports.closeBatch(batch.importBatchId, result);
    return batch.importBatchId;
  });
  const { owner } = world.database;
  const kept = await world.verbs.inTransaction(shop.actor, shop.workspaceId, async ({ imports }) => ({
    batch: await imports.find(importBatchId),
    rows: await imports.refusedRows(importBatchId, 0),
    rest: await imports.refusedRows(importBatchId, 3),
  }));
  expect(kept).toEqual({
    batch: {
      importBatchId,
      fileName: "people.csv",
      headers: ["Phone", "Name"],
      delimiter: ";",
      mapping: { phone: "Phone", fields: {} },
      defaultCountry: "US",
      list: { recipientListId: expect.any(String), was: "new" },
      ...result,
    },
    rows: [{ rowNo: 3, reason: "no_phone", cells: ["", "Ana"] }],
    rest: [],
  });
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

test("whoever asks what became of an import that still runs is answered when it is over, and truly", async () => {
  shop = await world.aShop();
  for (const isKept of [true, false]) {
    const opened = Promise.withResolvers<Parameters<VerbPorts["imports"]["find"]>[0]>();
    const goOn = Promise.withResolvers<void>();
    const running = importing(async ({ imports }, { importBatchId }) => {
      opened.resolve(importBatchId);
      await goOn.promise;
      if (!isKept) throw new Error("cancelled");
      await imports.closeBatch(importBatchId, result);
    }).catch(() => undefined);
    const importBatchId = await opened.promise;
    let answered = false;
    const asked = world.verbs
      .inTransaction(shop.actor, shop.workspaceId, ({ imports }) => imports.find(importBatchId))
      .finally(() => {
        answered = true;
      });
    await eventually("the question waits", async () => {
      const { rowCount } = await world.database.owner.query("select from pg_locks where locktype = 'advisory' and not granted");
      return (rowCount ?? 0) > 0;
    });
    expect(answered).toBe(false);
    goOn.resolve();
    await running;
    expect((await asked) !== null).toBe(isKept);
  }
});

test("work that is stopped while it waits for a lock ends at once, leaves nothing, and gives its connection back whole", async () => {
  shop = await world.aShop();
  await upsert(person(1));
  const { owner } = world.database;
  await owner.query("begin");
  await owner.query("select from contacts where workspace_id = $1 for update", [shop.workspaceId]);
  const stop = new AbortController();
  const stopped = world.verbs.inTransaction(
    shop.actor,
    shop.workspaceId,
    async ({ imports }) => {
      const list = await imports.openList("Never");
      const importBatchId = await imports.openBatch({
        fileName: "a.csv",
        headers: [],
        delimiter: ",",
        mapping: {},
        defaultCountry: null,
        list,
      });
      await imports.upsertPeople({ importBatchId, fileName: "a.csv", recipientListId: list.recipientListId }, [person(1), person(2)]);
    },
    { maxMs: 60_000, signal: stop.signal },
  );
  const outcome = stopped.then(
    () => "done",
    (error: Error) => error.message,
  );
  await eventually("a statement waits for the lock", async () => {
    const { rowCount } = await owner.query("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
    return (rowCount ?? 0) > 0;
  });
  const stoppedAtMs = performance.now();
  stop.abort();
  expect(await outcome).toContain("canceling statement");
  expect(performance.now() - stoppedAtMs).toBeLessThan(2000);
  await owner.query("rollback");
  expect(await contactRows()).toMatchObject([{ display_name: "Person 1" }]);
  expect((await owner.query("select from recipient_lists where workspace_id = $1 and name = 'Never'", [shop.workspaceId])).rowCount).toBe(
    0,
  );
  await expect(world.verbs.inTransaction(shop.actor, shop.workspaceId, async () => "never begun", { signal: stop.signal })).rejects.toThrow(
    "stopped",
  );
  expect(await world.verbs.membershipOf(shop.actor.userId, shop.workspaceId)).not.toBeNull();
});
