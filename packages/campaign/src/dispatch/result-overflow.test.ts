import { expect, test } from "vitest";
import { drainOverflow } from "../ledger/drain-overflow.ts";
import { EngineWorld } from "../testing/engine-world.ts";

const drain = (world: EngineWorld) =>
  world.clock.run(drainOverflow({ ledger: world.ledger.ledger, overflow: world.overflow.overflow, log: world.log }, 10));

/** A campaign in full swing whose ledger goes away; the slice goes on. */
async function anOutage(messages = 100) {
  const world = new EngineWorld({ perSecond: 100 });
  const campaignId = world.launch(messages);
  const slice = world.slice(campaignId);
  await world.clock.until(() => world.sent.length >= 30);
  world.ledger.refuseFlushes = 1_000_000;
  return { world, campaignId, slice };
}
const backAgain = (world: EngineWorld) => {
  world.ledger.refuseFlushes = 0;
};

test("results go to the overflow once the ledger has taken nothing for 5 s, and no second copy is kept", async () => {
  const { world, slice } = await anOutage();
  await world.clock.pass(4500);
  expect(world.overflow.puts).toBe(0);
  await world.clock.pass(3000);
  const sent = world.sent.length;
  expect(world.overflow.results).toBe(sent - world.ledger.in("accepted").length);
  backAgain(world);
  await world.clock.until(() => world.sent.length > sent);
  expect(world.ledger.recorded.filter((result) => world.overflow.batches.some((batch) => batch.results.includes(result)))).toEqual([]);
  await drain(world);
  await world.clock.run(slice);
  expect(world.ledger.in("accepted")).toHaveLength(100);
  expect(world.overflow.batches).toEqual([]);
});

test("nothing is granted from the first flush that failed until the ledger takes results again, also with all of them in the overflow", async () => {
  const { world, slice } = await anOutage(300);
  await world.clock.until(() => world.overflow.puts > 0);
  const grants = world.gate.grants.length;
  await world.clock.pass(60_000);
  expect(world.gate.grants).toHaveLength(grants);
  backAgain(world);
  await world.clock.until(() => world.gate.grants.length > grants);
  await drain(world);
  await world.clock.run(slice);
  expect(world.sent).toHaveLength(300);
});

test("L3: what waits in the overflow is not taken for a lost grant: nobody is sent it twice", async () => {
  const { world, slice } = await anOutage();
  await world.clock.until(() => world.overflow.puts > 0);
  const waiting = world.overflow.results;
  expect(waiting).toBeGreaterThan(0);
  backAgain(world);
  world.gate.loseGrants = 1;
  await world.clock.until(() => world.gate.calls.some((call) => call.kind === "return_lost"));
  expect(world.ledger.in("dispatching").length).toBeGreaterThanOrEqual(waiting);
  await drain(world);
  await world.clock.run(slice);
  expect(world.sent).toHaveLength(100);
  expect(new Set(world.sent.map(({ messageId }) => messageId)).size).toBe(100);
});

test("with both stores away results stay in memory, are tried again, and reach the ledger when it is back", async () => {
  const { world, slice } = await anOutage();
  world.overflow.isAway = true;
  await world.clock.pass(30_000);
  expect(world.warnings).toContain("overflow.failed");
  backAgain(world);
  await world.clock.run(slice);
  expect(world.ledger.in("accepted")).toHaveLength(100);
  expect(world.overflow.puts).toBe(0);
});

test("with both stores away and only the overflow back, it takes them then", async () => {
  const { world } = await anOutage();
  world.overflow.isAway = true;
  await world.clock.pass(30_000);
  world.overflow.isAway = false;
  await world.clock.until(() => world.overflow.results > 0);
  expect(world.overflow.results).toBe(world.sent.length - world.ledger.in("accepted").length);
});

test("a put whose answer was lost is repeated, and both copies count once", async () => {
  const { world, slice } = await anOutage();
  world.overflow.losePutAnswers = 1;
  await world.clock.until(() => world.overflow.puts === 2);
  backAgain(world);
  expect(world.overflow.batches.length).toBeGreaterThanOrEqual(2);
  await drain(world);
  await world.clock.run(slice);
  expect(world.ledger.in("accepted")).toHaveLength(100);
  expect(world.sent).toHaveLength(100);
});

test("a ledger that hangs is away too", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const slice = world.slice(world.launch(100));
  await world.clock.until(() => world.sent.length >= 30);
  world.ledger.flushTripMs = 3_600_000;
  await world.clock.until(() => world.overflow.puts > 0, 10_000);
  world.ledger.flushTripMs = 4;
  await drain(world);
  await world.clock.run(slice);
  expect(world.ledger.in("accepted")).toHaveLength(100);
});

test("recovery may name an attempt unknown first: its result still merges", async () => {
  const { world, campaignId } = await anOutage(30);
  await world.clock.until(() => world.overflow.results > 0);
  await world.gate.gate.takeOver(world.workspaceId, campaignId);
  await world.clock.pass(60_000);
  const named = await world.gate.gate.recover(world.workspaceId, campaignId, 25_000);
  expect(named.unknown).toBe(world.overflow.results);
  backAgain(world);
  await drain(world);
  expect(world.ledger.in("unknown")).toEqual([]);
  expect(world.ledger.in("accepted")).toHaveLength(30);
});
