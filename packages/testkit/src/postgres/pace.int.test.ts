import { defaultPace, type GrantAnswer, type LaneAnswer } from "@herald/campaign";
import { ok } from "@herald/kernel";
import type { Engine } from "@herald/postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, eventually, type Shop, type World } from "../index.ts";
import { ask, heldOf, type OwnedLane, takeOver, wait } from "./support.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Slots of an answer, ms of the database's clock. */
const slotsOf = (answer: GrantAnswer): readonly number[] =>
  answer.lanes.flatMap(({ messages, firstMs, stepMs }) => messages.map((_, index) => answer.databaseMs + firstMs + index * stepMs));

const isNearest = ({ messages, firstMs }: LaneAnswer): boolean => messages.length > 0 && firstMs < defaultPace.leadMs + 0.01;

/** The most slots in any second that slides, each begun up to 15 ms late at worst. */
function mostInASecond(slots: readonly number[]): number {
  const sorted = slots.toSorted((a, b) => a - b);
  const windowMs = 1000 + 15;
  return Math.max(0, ...sorted.map((from, index) => sorted.slice(index).filter((slot) => slot < from + windowMs).length));
}

async function askFor(
  durationMs: number,
  engine: Engine,
  shop: Shop,
  lanes: readonly OwnedLane[],
  into: number[],
  answers: GrantAnswer[] = [],
): Promise<void> {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs) {
    const answer = await ask(engine, shop, lanes);
    into.push(...slotsOf(answer));
    answers.push(answer);
    await wait(Math.max(1, Math.min(...answer.lanes.map(({ waitMs }) => waitMs))));
  }
}

test("L5: at 80 a second, two processes with two campaigns each never hold more than 80 slots in any sliding second, and leave none of 97 in 100 free that anybody asked for in time", async () => {
  const shop = await world.aShop({ capPerSecond: 80 });
  const people = await shop.contacts(400);
  const lanes: OwnedLane[] = [];
  for (let nth = 0; nth < 4; nth += 1) lanes.push(await takeOver(world.engine, shop, await shop.aCampaign().with(people).launch()));
  const slots: number[] = [];
  const answers: GrantAnswer[] = [];
  const durationMs = 4000;
  await Promise.all([
    askFor(durationMs, world.engine, shop, lanes.slice(0, 2), slots, answers),
    askFor(durationMs, world.anotherEngine(), shop, lanes.slice(2), slots, answers),
  ]);
  expect(mostInASecond(slots)).toBeLessThanOrEqual(80);
  // who asks late finds the next slot as near as may be; nothing else leaves a gap, however slow this machine
  const late = new Set(answers.filter(({ lanes }) => lanes.some(isNearest)).map((answer) => Math.round(Math.min(...slotsOf(answer)))));
  const sorted = slots.toSorted((one, other) => one - other);
  const gaps = sorted.slice(1).map((slot, index) => ({ ms: slot - (sorted[index] ?? 0), isLate: late.has(Math.round(slot)) }));
  expect(gaps.filter(({ ms, isLate }) => !isLate && ms > 1000 / (80 * 0.97) + 0.01)).toEqual([]);
  expect(slots.length).toBeGreaterThan(80);
  const { rows } = await world.database.owner.query<{ n: number }>(
    "select count(*)::int as n from campaign_attempts where workspace_id = $1 group by campaign_id",
    [shop.workspaceId],
  );
  const shares = rows.map(({ n }) => n);
  expect(Math.max(...shares) / Math.min(...shares), "campaigns of equal weight get equal shares").toBeLessThan(1.25);
});

test("L5: after the database's clock was set back, sending goes on within a horizon, and never above the cap", async () => {
  const shop = await world.aShop({ capPerSecond: 80 });
  const lane = await takeOver(
    world.engine,
    shop,
    await shop
      .aCampaign()
      .with(await shop.contacts(200))
      .launch(),
  );
  // what a step of -60 s leaves behind: a number whose next free slot lies a minute ahead
  await world.database.owner.query("update phone_numbers set tat = extract(epoch from clock_timestamp()) + 60 where id = $1", [
    shop.sender.senderId,
  ]);
  const slots: number[] = [];
  await askFor(1500, world.engine, shop, [lane], slots);
  expect(slots.length).toBeGreaterThan(60);
  expect(mostInASecond(slots)).toBeLessThanOrEqual(80);
});

test("warming the gate up takes no message and no budget of the number", async () => {
  const shop = await world.aShop({ capPerSecond: 80 });
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(20))
    .launch();
  const lane = await takeOver(world.engine, shop, campaignId);
  const tat = async () =>
    (await world.database.owner.query<{ tat: number }>("select tat from phone_numbers where id = $1", [shop.sender.senderId])).rows;
  const before = await tat();
  await world.engine.gate.warmUp(shop.workspaceId, shop.sender.senderId, defaultPace);
  expect(await tat()).toEqual(before);
  expect(await grantedCount(campaignId)).toBe(0);
  expect(heldOf(await ask(world.engine, shop, [lane])).length).toBeGreaterThan(0);
});

test("L5: slots stay contiguous when messages between them are left out", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const people = await shop.contacts(60);
  const campaigns = [await shop.aCampaign().with(people.slice(0, 30)).launch(), await shop.aCampaign().with(people.slice(30)).launch()];
  const lanes: OwnedLane[] = [];
  for (const campaignId of campaigns) lanes.push(await takeOver(world.engine, shop, campaignId));
  await world.database.owner.query("update contacts set status = 'deleted' where id = any ($1)", [
    people.filter((_, index) => index % 3 === 0).map(({ contactId }) => contactId),
  ]);
  const answer = await ask(world.engine, shop, lanes, 30);
  expect(answer.lanes.map(({ messages, skipped }) => [messages.length, skipped])).toEqual([
    [20, 10],
    [20, 10],
  ]);
  const slots = slotsOf(answer).toSorted((one, other) => one - other);
  const stepMs = answer.lanes[0]?.stepMs ?? 0;
  for (const [index, slot] of slots.entries()) expect(slot - (slots[0] ?? 0)).toBeCloseTo(index * stepMs, 3);
  const next = slotsOf(await ask(world.engine, shop, lanes));
  expect(next, "everything was granted").toEqual([]);
  const { rows } = await world.database.owner.query<{ tat: number }>("select tat from phone_numbers where id = $1", [shop.sender.senderId]);
  expect((rows[0]?.tat ?? 0) * 1000, "a lane that got nothing took no budget").toBeCloseTo((slots.at(-1) ?? 0) + stepMs, 2);
});

test("L6: after a committed pause or cancel nothing more is granted, whoever was asking", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const people = await shop.contacts(2000);
  for (const flag of ["paused", "cancelled"] as const) {
    const campaignId = await shop.aCampaign().with(people).launch();
    const lane = await takeOver(world.engine, shop, campaignId);
    const slots: number[] = [];
    const engines = [world.anotherEngine(), world.anotherEngine()];
    const asking = Promise.all(engines.map((engine) => askFor(1500, engine, shop, [lane], slots)));
    await eventually("somebody was granted something", async () => slots.length > 0);
    const committedAtMs = await world.verbs
      .inTransaction(shop.actor, shop.workspaceId, async ({ controls }) => {
        await controls.lock(campaignId);
        await controls.commit(campaignId, { flag, status: flag === "paused" ? "paused" : "sending", pauseReasons: [], note: null });
        return ok(null);
      })
      .then(async () => (await world.engine.gate.readClock()).databaseMs);
    const before = await grantedCount(campaignId);
    await asking;
    expect(await grantedCount(campaignId)).toBe(before);
    expect(before).toBeGreaterThan(0);
    expect(Math.max(...slots), "the last slot lies within one horizon of the commit").toBeLessThanOrEqual(
      committedAtMs + defaultPace.horizonMs,
    );
    expect((await ask(world.engine, shop, [lane])).lanes.map(({ reason }) => reason)).toEqual([flag]);
  }
});

const grantedCount = async (campaignId: string): Promise<number> =>
  (await world.database.owner.query<{ n: number }>("select count(*)::int as n from campaign_attempts where campaign_id = $1", [campaignId]))
    .rows[0]?.n ?? 0;

test("L6: a kill switch of the number, the workspace or the deployment closes the gate", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const lane = await takeOver(
    world.engine,
    shop,
    await shop
      .aCampaign()
      .with(await shop.contacts(20))
      .launch(),
  );
  const switches = [
    ["update phone_numbers set kill_switch = $1 where id = $2", shop.sender.senderId],
    ["update workspaces set kill_switch = $1 where id = $2", shop.workspaceId],
    ["update deployment_switches set is_on = $1 where name = $2", "stop_all_sending"],
  ] as const;
  for (const [sql, which] of switches) {
    await world.database.owner.query(sql, [true, which]);
    expect((await ask(world.engine, shop, [lane], 1)).lanes.map(({ reason }) => reason)).toEqual(["killed"]);
    await world.database.owner.query(sql, [false, which]);
    expect(heldOf(await ask(world.engine, shop, [lane], 1))).toHaveLength(1);
    await wait(60);
  }
});

test("a launch that holds its transaction open does not stop the number's other campaigns", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const lane = await takeOver(
    world.engine,
    shop,
    await shop
      .aCampaign()
      .with(await shop.contacts(20))
      .launch(),
  );
  const launching = await world.database.owner.connect();
  try {
    await launching.query("begin");
    await launching.query(
      `insert into campaign_history (workspace_id, name, status, sender_id, source_id, template_id, frozen_template, audience, variables, expires_at)
       values ($1, 'slow', 'queued', $2, $3, $4, '{}', '{}', '{}', now())`,
      [shop.workspaceId, shop.sender.senderId, shop.sender.sourceId, shop.template.templateId],
    );
    expect(heldOf(await ask(world.engine, shop, [lane]))).toHaveLength(20);
  } finally {
    await launching.query("rollback");
    launching.release();
  }
});
