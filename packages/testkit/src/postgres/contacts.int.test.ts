import { type ContactFilter, type ContactPage, liftOptOut, recordOptOut } from "@herald/contacts";
import { ok } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Contact, consentRefusal, consentState, createWorld, type Shop, type World } from "../index.ts";
import { onePerson, raceOptOuts, saysStop } from "./people.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
  shop = await world.aShop({ capPerSecond: 1000 });
});
afterAll(() => world.close());

const acting = <T>(work: (ports: VerbPorts) => Promise<T>, where: Shop = shop) =>
  world.verbs.inTransaction(where.actor, where.workspaceId, async (ports) => ok(await work(ports))).then(({ value }) => value);
const optOut = ({ contactId }: Contact, where: Shop = shop) =>
  world.verbs.inTransaction(where.actor, where.workspaceId, (ports) =>
    recordOptOut({ ...ports, allows: () => true }, { contactId, note: "said so on the phone" }),
  );
const lift = ({ contactId }: Contact, where: Shop = shop) =>
  world.verbs.inTransaction(where.actor, where.workspaceId, (ports) =>
    liftOptOut({ ...ports, allows: () => true }, { contactId, note: "it was somebody else" }),
  );
const aPerson = (consent: "granted" | "withdrawn" | null = "granted") => onePerson(shop, { consent });
const stopOf = (who: Contact) => saysStop(world, shop, who);
const refusalOf = ({ contactId }: Contact) => consentRefusal(world.database.owner, shop.workspaceId, contactId);
const stateOf = ({ contactId }: Contact) => consentState(world.database.owner, contactId);
const historyOf = async ({ contactId }: Contact): Promise<readonly string[]> =>
  (
    await world.database.owner.query<{ origin: string; state: string }>(
      "select origin, state from consents where contact_id = $1 order by id",
      [contactId],
    )
  ).rows.map(({ origin, state }) => `${origin} ${state}`);

test("L7: an opt-out that a member recorded is never written to by a grant afterwards, in hundreds of races", async () => {
  const { rows, broken } = await raceOptOuts(world, async (person, racing) =>
    expect(await optOut(person, racing)).toMatchObject({ ok: true, value: { isNew: true } }),
  );
  expect(broken).toEqual([]);
  expect(rows.filter(({ reason }) => reason === "opted_out").length, "the race was run from both sides").toBeGreaterThan(20);
});

test("L7: the commit of a recorded opt-out waits for a grant that had looked at consent before", async () => {
  const person = await aPerson();
  const granting = await world.database.owner.connect();
  try {
    await granting.query("begin");
    // as the gate takes it before it looks
    await granting.query("select pg_advisory_xact_lock_shared(hashtextextended($1::text, 7))", [shop.workspaceId]);
    let isDone = false;
    const optingOut = optOut(person).then(() => {
      isDone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(isDone).toBe(false);
    await granting.query("commit");
    await optingOut;
  } finally {
    await granting.query("rollback");
    granting.release();
  }
  expect(await refusalOf(person)).toBe("opted_out");
});

test("an opt-out counts for every address of the person, keeps its proof, and is written once", async () => {
  const person = await aPerson();
  await world.database.owner.query(
    "insert into contact_addresses (workspace_id, contact_id, channel, kind, value) values ($1, $2, 'whatsapp', 'bsuid', 'US.1349')",
    [shop.workspaceId, person.contactId],
  );
  expect(await optOut(person)).toMatchObject({ ok: true, value: { isNew: true } });
  expect(await optOut(person)).toMatchObject({ ok: true, value: { isNew: false } });
  const { rows } = await world.database.owner.query("select kind, reason from suppressions where contact_id = $1 order by kind", [
    person.contactId,
  ]);
  expect(rows).toEqual([
    { kind: "bsuid", reason: "operator" },
    { kind: "phone", reason: "operator" },
  ]);
  const proofs = await world.database.owner.query("select proof from consents where contact_id = $1 and state = 'withdrawn'", [
    person.contactId,
  ]);
  expect(proofs.rows).toEqual([{ proof: { userId: shop.actor.userId, note: "said so on the phone" } }]);
});

test("a lift brings back what was before: consent where it was given, none where nobody gave any", async () => {
  const [agreed, unasked] = [await aPerson("granted"), await aPerson(null)];
  for (const person of [agreed, unasked]) await optOut(person);
  expect(await lift(agreed)).toMatchObject({ ok: true, value: { consent: "granted" } });
  expect(await lift(unasked)).toMatchObject({ ok: true, value: { consent: "none" } });
  expect([await stateOf(agreed), await stateOf(unasked)]).toEqual(["granted", null]);
  expect([await refusalOf(agreed), await refusalOf(unasked)]).toEqual([null, null]);
  expect(await historyOf(agreed)).toEqual(["test granted", "operator withdrawn", "operator lifted"]);
  expect(await lift(agreed), "a second time there is nothing to lift").toMatchObject({ ok: false, error: { type: "not_opted_out" } });
});

test("what the person said is never lifted, whether it came before or after a member's record", async () => {
  const [first, later] = [await aPerson(), await aPerson()];
  await stopOf(first);
  expect(await optOut(first), "already opted out").toMatchObject({ ok: true, value: { isNew: false } });
  await optOut(later);
  await stopOf(later);
  for (const person of [first, later]) {
    expect(await lift(person)).toEqual({ ok: false, error: { type: "opt_out_not_ours", saidBy: "person" } });
    expect(await refusalOf(person)).toBe("opted_out");
  }
});

test("a withdrawal that a file brought is not lifted, under a member's record neither", async () => {
  const person = await aPerson("withdrawn");
  expect(await lift(person)).toEqual({ ok: false, error: { type: "opt_out_not_ours", saidBy: "import" } });
  await optOut(person);
  expect(await lift(person)).toEqual({ ok: false, error: { type: "opt_out_not_ours", saidBy: "import" } });
  expect(await refusalOf(person)).toBe("opted_out");
});

test("of a lift and the person's stop at once the stop holds, in fifty races", async () => {
  const people = await shop.contacts(50);
  for (const person of people) await optOut(person);
  await Promise.all(
    people.map((person, index) => Promise.all(index % 2 === 0 ? [lift(person), stopOf(person)] : [stopOf(person), lift(person)])),
  );
  const refusals = await Promise.all(people.map(refusalOf));
  expect(new Set(refusals)).toEqual(new Set(["opted_out"]));
  expect(new Set(await Promise.all(people.map(stateOf)))).toEqual(new Set(["withdrawn"]));
}, 30_000);

const filter = (more: Partial<ContactFilter> = {}): ContactFilter => ({ status: "active", ...more });
const found = async (more: Partial<ContactFilter>, where: Shop): Promise<readonly string[]> =>
  (await acting(({ contacts }) => contacts.page(filter(more), null, 100), where)).contacts.map(({ displayName }) => displayName).toSorted();

test("people are found by any part of a name, with or without accents, and by the digits of a phone in any spelling", async () => {
  const here = await world.aShop();
  const add = async (name: string, phone: string): Promise<void> => {
    await world.database.owner.query(
      `with person as (insert into contacts (workspace_id, display_name) values ($1, $2) returning id)
       insert into contact_addresses (workspace_id, contact_id, channel, kind, value) select $1, id, 'whatsapp', 'phone', $3 from person`,
      [here.workspaceId, name, phone],
    );
  };
  await add("Inês Almeida", "+351912345678");
  await add("Bob 100% O'Neil", "+491701234567");
  await add("Agnes 42", "+971501234567");
  expect(await found({ search: "INES" }, here)).toEqual(["Inês Almeida"]);
  expect(await found({ search: "almeida inês" }, here)).toEqual(["Inês Almeida"]);
  expect(await found({ search: "nes" }, here)).toEqual(["Agnes 42", "Inês Almeida"]);
  expect(await found({ search: "0% o'n" }, here)).toEqual(["Bob 100% O'Neil"]);
  expect(await found({ search: "_" }, here)).toEqual([]);
  for (const spelling of ["+49 (170) 123-4567", "0170 1234567", "0049170.123", "٠١٧٠١٢٣"])
    expect(await found({ search: spelling }, here), spelling).toEqual(["Bob 100% O'Neil"]);
  expect(await found({ search: "42" }, here), "a number may be part of a name").toEqual(["Agnes 42"]);
  expect(await found({ search: "x'; drop table contacts; --" }, here)).toEqual([]);
});

test("a list of people is walked to its end page by page, each person once, newest first", async () => {
  const here = await world.aShop();
  await here.contacts(25);
  await here.contacts(10, { tag: "vip", consent: "withdrawn" });
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const after: string | null = next;
    const page: ContactPage = await acting(({ contacts }) => contacts.page(filter(), after, 10), here);
    seen.push(...page.contacts.map(({ contactId }) => contactId));
    next = page.next;
  } while (next !== null);
  expect([seen.length, new Set(seen).size]).toEqual([35, 35]);
  const { rows } = await world.database.owner.query<{ id: string }>(
    "select id from contacts where workspace_id = $1 order by created_at desc, id desc",
    [here.workspaceId],
  );
  expect(seen).toEqual(rows.map(({ id }) => id));
  const counts = await acting(
    ({ contacts }) =>
      Promise.all(
        [
          {},
          { tag: "vip" },
          { consent: "withdrawn" as const },
          { consent: "granted" as const },
          { consent: "none" as const },
          { status: "deleted" as const },
        ].map(async (more) => (await contacts.count(filter(more))).people),
      ),
    here,
  );
  expect(counts).toEqual([35, 10, 10, 25, 0, 0]);
});

test("nobody is found in a workspace that one does not belong to", async () => {
  const [own, foreign] = [await world.aShop(), await world.aShop()];
  await foreign.contacts(3);
  const person = await onePerson(foreign);
  const asking = { ...own, workspaceId: foreign.workspaceId };
  expect(await found({}, asking)).toEqual([]);
  expect(await acting(({ contacts }) => contacts.count(filter()), asking)).toEqual({ people: 0, isExact: true });
  expect(await acting(({ contacts }) => contacts.edit(person.contactId, { displayName: "x" }), own)).toBeNull();
  expect(await acting(({ contacts }) => contacts.changeTags(person.contactId, { add: ["x"], remove: [] }), own)).toBeNull();
  expect(await optOut(person, own)).toMatchObject({ ok: false, error: { type: "not_found" } });
  expect(await lift(person, own)).toMatchObject({ ok: false, error: { type: "not_found" } });
});

test("an edit changes what it names and keeps the rest; tags are added and taken away", async () => {
  const { contactId } = await aPerson();
  await acting(({ contacts }) => contacts.edit(contactId, { fields: { city: "Lima", plan: "a" } }));
  await acting(({ contacts }) => contacts.edit(contactId, { displayName: "Zoë", fields: { plan: null, first_name: "Zoë" } }));
  const { rows } = await world.database.owner.query("select display_name, name_key, fields from contacts where id = $1", [contactId]);
  expect(rows).toEqual([{ display_name: "Zoë", name_key: "zoe", fields: { city: "Lima", first_name: "Zoë" } }]);
  expect(await acting(({ contacts }) => contacts.changeTags(contactId, { add: ["b", "a"], remove: [] }))).toEqual(["a", "b"]);
  expect(await acting(({ contacts }) => contacts.changeTags(contactId, { add: ["b", "c"], remove: ["a", "unknown"] }))).toEqual(["b", "c"]);
});
