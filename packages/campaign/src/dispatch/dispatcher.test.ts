import { expect, test } from "vitest";
import { drainOverflow } from "../ledger/drain-overflow.ts";
import { EngineWorld } from "../testing/engine-world.ts";
import { slotWindowMs } from "./gate.ts";

test("a slice ends as drained only once everything granted is in the ledger", async () => {
  const world = new EngineWorld();
  world.answerMs = 3000;
  expect(await world.clock.run(world.slice(world.launch(40)))).toEqual({ reason: "drained", granted: 40, controlSeq: 7 });
  expect(world.ledger.in("accepted")).toHaveLength(40);
});

test("a message that comes due within seconds is waited for, a later one is not", async () => {
  const world = new EngineWorld();
  const campaignId = world.launch(2);
  const [soon, late] = world.ledger.rows;
  if (!soon || !late) throw new Error("the world has no messages");
  soon.nextAtMs = world.ledger.databaseMs() + 3000;
  late.nextAtMs = world.ledger.databaseMs() + 60_000;
  expect(await world.clock.run(world.slice(campaignId))).toMatchObject({ reason: "drained", granted: 1 });
  expect(world.clock.monotonicMs()).toBeLessThan(10_000);
});

test.each(["paused", "cancelled"] as const)(
  "L6: a campaign that is %s ends its slice with that reason, nothing begins later than a horizon after it",
  async (flag) => {
    const world = new EngineWorld();
    const campaignId = world.launch(500);
    const slice = world.slice(campaignId);
    await world.clock.until(() => world.sent.length >= 50);
    world.ledger.campaign(campaignId).flag = flag;
    const stoppedAtMs = world.clock.monotonicMs();
    expect(await world.clock.run(slice)).toMatchObject({ reason: flag });
    expect(world.sent.length).toBeLessThan(500);
    for (const { atMs } of world.sent) expect(atMs).toBeLessThanOrEqual(stoppedAtMs + world.settings.pace.horizonMs + slotWindowMs);
    expect(world.ledger.in("dispatching")).toEqual([]);
    expect(world.ledger.in("accepted")).toHaveLength(world.sent.length);
  },
);

test("a block and a kill switch both end the slice as blocked", async () => {
  const world = new EngineWorld();
  const campaignId = world.launch(10);
  world.ledger.campaign(campaignId).isBlocked = true;
  expect(await world.clock.run(world.slice(campaignId))).toMatchObject({ reason: "blocked", granted: 0 });
  world.ledger.campaign(campaignId).isBlocked = false;
  world.ledger.isKilled = true;
  expect(await world.clock.run(world.slice(campaignId))).toMatchObject({ reason: "blocked", granted: 0 });
  expect(world.sent).toEqual([]);
});

test("a block that is lifted while its slice still waits for answers is not counted as seen: the wait that follows ends at once", async () => {
  const world = new EngineWorld();
  world.answerMs = 4000;
  const campaignId = world.launch(500);
  const slice = world.slice(campaignId);
  await world.clock.until(() => world.sent.length >= 20);
  world.ledger.campaign(campaignId).isBlocked = true;
  const blockedAtMs = world.clock.monotonicMs();
  await world.clock.until(() => world.clock.monotonicMs() > blockedAtMs + 2000);
  world.ledger.controlSeq = 8;
  expect(await world.clock.run(slice)).toMatchObject({ reason: "blocked", controlSeq: 7 });
});

test.each(["resting", "breaker_open", "portfolio_limit"] as const)(
  "a number that is %s for more than a minute ends the slice as blocked, a shorter wait is sat out, and neither is a tight loop",
  async (reason) => {
    const world = new EngineWorld();
    const campaignId = world.launch(10);
    world.gate.shut = { reason, waitMs: 61_000 };
    expect(await world.clock.run(world.slice(campaignId))).toMatchObject({ reason: "blocked", granted: 0 });
    expect(world.gate.grants.length).toBeLessThanOrEqual(2);

    world.gate.shut = { reason, waitMs: 30_000 };
    const asked = world.gate.grants.length;
    const slice = world.slice(campaignId);
    await world.clock.pass(30_000);
    expect(world.gate.grants.length - asked).toBeLessThanOrEqual(7);
    expect(world.sent).toEqual([]);
    world.gate.shut = null;
    expect(await world.clock.run(slice)).toMatchObject({ reason: "drained", granted: 10 });
  },
);

test.each(["rate", "inbox_behind"] as const)("a lane that waits for %s stays in its slice", async (reason) => {
  const world = new EngineWorld();
  const campaignId = world.launch(10);
  world.gate.shut = { reason, waitMs: 120_000 };
  const slice = world.slice(campaignId);
  await world.clock.pass(100_000);
  world.gate.shut = null;
  expect(await world.clock.run(slice)).toMatchObject({ reason: "drained", granted: 10 });
});

test("a campaign that is paused while its number rests is noticed within seconds", async () => {
  const world = new EngineWorld();
  const campaignId = world.launch(10);
  world.gate.shut = { reason: "resting", waitMs: 50_000 };
  const slice = world.slice(campaignId);
  await world.clock.pass(2000);
  world.ledger.campaign(campaignId).flag = "paused";
  const pausedAtMs = world.clock.monotonicMs();
  expect(await world.clock.run(slice)).toMatchObject({ reason: "paused" });
  expect(world.clock.monotonicMs() - pausedAtMs).toBeLessThan(6000);
});

test("an expired campaign ends its slice, and a slice whose time is up says so", async () => {
  const world = new EngineWorld();
  const campaignId = world.launch(1000);
  world.ledger.campaign(campaignId).expiresAtMs = world.ledger.databaseMs() + 3000;
  expect(await world.clock.run(world.slice(campaignId))).toMatchObject({ reason: "expired" });
  world.ledger.campaign(campaignId).expiresAtMs = Number.MAX_SAFE_INTEGER;
  expect(await world.clock.run(world.slice(campaignId, 2000))).toMatchObject({ reason: "time_up" });
  expect(world.ledger.in("dispatching")).toEqual([]);
});

test("a final campaign is not taken up", async () => {
  const world = new EngineWorld();
  const campaignId = world.launch(10);
  world.ledger.campaign(campaignId).isFinal = true;
  expect(await world.clock.run(world.slice(campaignId))).toEqual({ reason: "final", granted: 0, controlSeq: 0 });
  expect(world.gate.calls).toEqual([]);
});

test("L4: a slice that another process took over ends as stale and sends no more", async () => {
  const world = new EngineWorld();
  const campaignId = world.launch(500);
  const slice = world.slice(campaignId);
  await world.clock.until(() => world.sent.length >= 50);
  world.ledger.campaign(campaignId).epoch += 1;
  expect(await world.clock.run(slice)).toMatchObject({ reason: "stale" });
  expect(world.ledger.in("accepted")).toHaveLength(world.sent.length);
});

test("L4: a second slice in the same process replaces the first, also when the gate still answers the first", async () => {
  const world = new EngineWorld({ perSecond: 20 });
  const campaignId = world.launch(100);
  const first = world.slice(campaignId);
  await world.clock.until(() => world.sent.length >= 10);
  world.gate.tripMs = 60;
  const grants = world.gate.grants.length;
  await world.clock.until(() => world.gate.grants.length > grants && (world.gate.grants.at(-1)?.granted ?? 0) > 0);
  const second = world.slice(campaignId);
  const replacedAtMs = world.clock.monotonicMs();
  expect(await world.clock.run(first)).toMatchObject({ reason: "stale" });
  expect(world.clock.monotonicMs() - replacedAtMs).toBeLessThan(2000);
  expect(await world.clock.run(second)).toMatchObject({ reason: "drained" });
  expect(world.sent).toHaveLength(100);
});

test("stopping asks for nothing more, waits for what is in flight, and flushes it", async () => {
  const world = new EngineWorld();
  world.answerMs = 4000;
  const slice = world.slice(world.launch(500));
  await world.clock.until(() => world.sent.length >= 50);
  world.isStopping = true;
  const stoppedAtMs = world.clock.monotonicMs();
  const beats = world.heartbeats;
  expect(await world.clock.run(slice)).toMatchObject({ reason: "stopping" });
  for (const { atMs } of world.gate.grants) expect(atMs).toBeLessThanOrEqual(stoppedAtMs + 250);
  expect(world.ledger.in("dispatching")).toEqual([]);
  expect(world.ledger.in("accepted")).toHaveLength(world.sent.length);
  expect(world.heartbeats - beats).toBeGreaterThanOrEqual(4);
});

test("stopping does not wait for ever for an answer", async () => {
  const world = new EngineWorld({ stopWaitMs: 10_000 });
  world.answer = () => new Promise(() => undefined);
  const slice = world.slice(world.launch(5));
  await world.clock.until(() => world.sent.length === 5);
  world.isStopping = true;
  const stoppedAtMs = world.clock.monotonicMs();
  expect(await world.clock.run(slice)).toMatchObject({ reason: "stopping" });
  expect(world.clock.monotonicMs() - stoppedAtMs).toBeLessThanOrEqual(11_000);
  expect(world.ledger.in("dispatching")).toHaveLength(5);
});

test("a slice that stops while the ledger is away leaves its results in the overflow", async () => {
  const world = new EngineWorld({ stopWaitMs: 500 });
  const slice = world.slice(world.launch(20));
  await world.clock.until(() => world.sent.length === 20);
  world.ledger.refuseFlushes = 1000;
  world.isStopping = true;
  expect(await world.clock.run(slice)).toMatchObject({ reason: "stopping", granted: 20 });
  expect(world.overflow.results).toBe(world.ledger.in("dispatching").length);
  world.ledger.refuseFlushes = 0;
  await world.clock.run(drainOverflow({ ledger: world.ledger.ledger, overflow: world.overflow.overflow, log: world.log }, 10));
  expect(world.ledger.in("accepted")).toHaveLength(20);
});

test("a slice whose last results neither store takes rejects, and they reach the ledger all the same", async () => {
  const world = new EngineWorld({ stopWaitMs: 500 });
  world.overflow.isAway = true;
  const slice = world.slice(world.launch(20));
  await world.clock.until(() => world.sent.length === 20);
  world.ledger.refuseFlushes = 8;
  world.isStopping = true;
  await expect(world.clock.run(slice)).rejects.toThrow("the overflow is away");
  await world.clock.until(() => world.ledger.in("accepted").length === 20);
});

test("the chunks of a long slice are staged ahead of it, and a cache that fails or hangs holds no message", async () => {
  for (const answer of [
    () => Promise.resolve(true),
    () => Promise.reject(new Error("the cache is away")),
    () => new Promise<boolean>(() => undefined),
  ]) {
    const world = new EngineWorld({ perSecond: 100 });
    const staged: number[] = [];
    world.stageChunk = (chunkNo) => {
      staged.push(chunkNo);
      return answer();
    };
    expect(await world.clock.run(world.slice(world.launch(300)))).toMatchObject({ reason: "drained", granted: 300 });
    expect(world.sent).toHaveLength(300);
    expect(staged[0]).toBe(11);
  }
});

test("two campaigns of a number share one loop, one grant and one budget", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const slices = [world.slice(world.launch(150, 1)), world.slice(world.launch(150, 2))];
  const reports = await world.clock.run(Promise.all(slices));
  expect(reports.map(({ reason }) => reason)).toEqual(["drained", "drained"]);
  expect(world.gate.grants.filter(({ request }) => request.lanes.length === 2).length).toBeGreaterThan(5);
  const begun = world.sent.map(({ atMs }) => atMs).toSorted((one, other) => one - other);
  expect(begun).toHaveLength(300);
  // 100 per second and the 15 ms by which a begin may lag its slot
  for (const [index, atMs] of begun.entries())
    expect(begun.filter((other) => other >= atMs && other < atMs + 1000).length, `from ${index}`).toBeLessThanOrEqual(102);
});

test("a campaign that opens while the number's last flush is still under way is sent at once", async () => {
  const world = new EngineWorld({ flushEveryMs: 2000 });
  await world.clock.run(world.slice(world.launch(5, 1)));
  // the loop that asked has ended, the one that flushes has not
  await world.clock.pass(100);
  const openedAtMs = world.clock.monotonicMs();
  await world.clock.run(world.slice(world.launch(5, 2)));
  expect(world.sent).toHaveLength(10);
  expect(world.clock.monotonicMs() - openedAtMs).toBeLessThan(5000);
});

test("attempts of a dead process are named unknown by a later slice, after their grace, and are not sent again", async () => {
  const world = new EngineWorld({ recoveryGraceMs: 1000 });
  const campaignId = world.launch(3);
  for (const row of world.ledger.rows)
    Object.assign(row, { state: "dispatching", attempt: 1, nextAtMs: null, sendByMs: world.ledger.databaseMs() });
  await world.clock.pass(2000);
  expect(await world.clock.run(world.slice(campaignId))).toMatchObject({ reason: "drained", granted: 0 });
  expect(world.ledger.in("unknown")).toHaveLength(3);
  expect(world.sent).toEqual([]);
});

test.each([
  [80, 512, 24],
  [1000, 512, 300],
  [5, 512, 4],
  [1000, 100, 100],
])("at %i per second and %i in flight, a slice opens %i connections before its first slot", async (capPerSecond, maxInFlight, expected) => {
  const world = new EngineWorld({ maxInFlight });
  world.ledger.capPerSecond = capPerSecond;
  await world.clock.run(world.slice(world.launch(1)));
  expect(world.warmed).toEqual([expected]);
});

test("connections that cannot be opened ahead, or never are, do not hold the slice", async () => {
  for (const warmUp of [() => Promise.reject(new Error("nothing listens")), () => new Promise<number>(() => undefined)]) {
    const world = new EngineWorld();
    world.warmUp = warmUp;
    expect(await world.clock.run(world.slice(world.launch(3)))).toMatchObject({ reason: "drained", granted: 3 });
  }
});
