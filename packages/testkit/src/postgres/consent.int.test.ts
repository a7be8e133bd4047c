import { ok } from "@herald/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  aCampaign,
  aSender,
  aTemplate,
  createWorld,
  deletePerson,
  type Shop,
  suppressPhone,
  type World,
  withdrawConsent,
} from "../index.ts";
import { onePerson, raceOptOuts, saysStop } from "./people.ts";
import { ask, grantAll, refusedResult, takeOver, wait } from "./support.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test("L7: an opt-out that is committed before the grant is honoured, in hundreds of races", async () => {
  const { rows, committedAt, broken } = await raceOptOuts(world, (person, shop) => saysStop(world, shop, person));
  expect(broken).toEqual([]);
  expect(rows.filter(({ reason }) => reason === "opted_out").length, "the race was run from both sides").toBeGreaterThan(20);
  expect(rows.filter(({ contact_id, state }) => committedAt.has(contact_id) && state === "dispatching").length).toBeGreaterThan(0);
});

test("L7: a grant that waited for the consent lock sees the opt-out it waited for", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const person = await onePerson(shop);
  const lane = await takeOver(world.engine, shop, await shop.aCampaign().with([person]).launch());
  const optingOut = await world.database.owner.connect();
  try {
    await optingOut.query("begin");
    await suppressPhone(optingOut, shop.workspaceId, person);
    await optingOut.query("select herald.lock_consent($1)", [shop.workspaceId]);
    const waiting = ask(world.engine, shop, [lane]);
    await wait(100);
    await optingOut.query("commit");
    expect((await waiting).lanes.map(({ messages, skipped }) => [messages.length, skipped])).toEqual([[0, 1]]);
  } finally {
    optingOut.release();
  }
});

test("L7: deleted people, withdrawn consent and opt-outs of an address that nobody had yet are skipped with their reason", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const people = await shop.contacts(5);
  const [deleted, withdrawn, early, moved, fine] = people;
  if (!deleted || !withdrawn || !early || !moved || !fine) throw new Error("five people were made");
  const campaignId = await shop.aCampaign().with(people).launch();
  const { owner } = world.database;
  await deletePerson(owner, deleted.contactId);
  await withdrawConsent(owner, withdrawn.contactId);
  // before anybody had the number
  await suppressPhone(owner, shop.workspaceId, { phone: early.phone });
  // said stop from a number that is the person's no more
  await suppressPhone(owner, shop.workspaceId, { phone: "+34600000000", contactId: moved.contactId });
  await grantAll(world.engine, shop, [await takeOver(world.engine, shop, campaignId)]);
  expect((await shop.messages(campaignId)).map(({ state, reason }) => [state, reason])).toEqual([
    ["skipped", "contact_inactive"],
    ["skipped", "no_consent"],
    ["skipped", "opted_out"],
    ["skipped", "opted_out"],
    ["dispatching", null],
  ]);
});

test("L7: a utility message goes to somebody who opted out of marketing", async () => {
  const shop = await world.aShop({ capPerSecond: 1000, category: "UTILITY", frequencyCap: "24 hours" });
  const person = await onePerson(shop);
  await saysStop(world, shop, person);
  const lane = await takeOver(world.engine, shop, await shop.aCampaign().with([person]).launch());
  expect(await grantAll(world.engine, shop, [lane])).toHaveLength(1);
  expect((await world.database.owner.query("select from contact_marketing where workspace_id = $1", [shop.workspaceId])).rows).toHaveLength(
    0,
  );
});

test("L7: two campaigns that want one person in one grant send once; a failure gives the place back", async () => {
  const shop = await world.aShop({ capPerSecond: 1000, frequencyCap: "24 hours" });
  const people = await shop.contacts(30);
  const first = await shop.aCampaign().with(people).launch();
  const second = await shop.aCampaign().with(people).launch();
  const lanes = [await takeOver(world.engine, shop, first), await takeOver(world.engine, shop, second)];
  const held = await grantAll(world.engine, shop, lanes);
  expect(held).toHaveLength(30);
  const capped = [...(await shop.messages(first)), ...(await shop.messages(second))].filter(({ reason }) => reason === "frequency_cap");
  expect(capped).toHaveLength(30);
  expect(new Set(capped.map(({ contact_id }) => contact_id)).size, "each person was left out once").toBe(30);

  await world.engine.ledger.record(
    shop.workspaceId,
    held.map((one) => refusedResult(one, "CONTACT")),
  );
  const third = await takeOver(world.engine, shop, await shop.aCampaign().with(people).launch());
  expect(await grantAll(world.engine, shop, [third])).toHaveLength(30);
});

test("L7: two numbers at once send one marketing message to each person", async () => {
  const shop = await world.aShop({ capPerSecond: 1000, frequencyCap: "24 hours" });
  const sender = await aSender(world.database.owner, shop.workspaceId, { capPerSecond: 1000 });
  const template = await aTemplate(world.database.owner, shop.workspaceId, sender.sourceId);
  const other: Shop = { ...shop, sender, template };
  const people = await shop.contacts(500);
  const lanes = [
    await takeOver(world.engine, shop, await shop.aCampaign().with(people).launch()),
    await takeOver(world.engine, other, await aCampaign(world.verbs, other).with(people.toReversed()).launch()),
  ] as const;
  const another = world.anotherEngine();
  await Promise.all([grantAll(world.engine, shop, [lanes[0]]), grantAll(another, other, [lanes[1]])]);
  const { rows } = await world.database.owner.query<{ n: number }>(
    "select count(*)::int as n from campaign_messages where workspace_id = $1 and state = 'dispatching' group by contact_id",
    [shop.workspaceId],
  );
  expect(rows.every(({ n }) => n === 1)).toBe(true);
  expect(rows).toHaveLength(500);
});

test("L7: cancelling gives back the places of what was not sent", async () => {
  const shop = await world.aShop({ capPerSecond: 1000, frequencyCap: "24 hours" });
  const people = await shop.contacts(5);
  const campaignId = await shop.aCampaign().with(people).launch();
  const held = await grantAll(world.engine, shop, [await takeOver(world.engine, shop, campaignId)]);
  await world.engine.ledger.record(
    shop.workspaceId,
    held.map((one) => refusedResult(one, "HOURS")),
  );
  expect(await world.engine.run.skipOpen(shop.workspaceId, campaignId, "cancelled", 100), "only a cancelled campaign is emptied").toBe(0);
  await world.verbs.inTransaction(shop.actor, shop.workspaceId, async ({ controls }) => {
    await controls.lock(campaignId);
    await controls.commit(campaignId, { flag: "cancelled", status: "sending", pauseReasons: [], note: null });
    return ok(null);
  });
  expect(await world.engine.run.skipOpen(shop.workspaceId, campaignId, "cancelled", 3)).toBe(3);
  expect(await world.engine.run.skipOpen(shop.workspaceId, campaignId, "cancelled", 3)).toBe(2);
  expect(await world.engine.run.skipOpen(shop.workspaceId, campaignId, "cancelled", 3)).toBe(0);
  expect((await world.database.owner.query("select from contact_marketing where workspace_id = $1", [shop.workspaceId])).rows).toHaveLength(
    0,
  );
  expect(await world.engine.run.finalise(shop.workspaceId, campaignId)).toBe("cancelled");
});
