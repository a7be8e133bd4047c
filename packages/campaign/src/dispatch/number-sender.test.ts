import { expect, test } from "vitest";
import { EngineWorld } from "../testing/engine-world.ts";
import { aCampaignId } from "../testing/ids.ts";
import { defaultPace, slotWindowMs } from "./gate.ts";

const { horizonMs, quantumMs } = defaultPace;
const holdMs = horizonMs + slotWindowMs;

test("L2, L5: no request begins before its slot, nor more than 15 ms after it", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const report = await world.clock.run(world.slice(world.launch(300)));
  expect(report).toEqual({ reason: "drained", granted: 300, controlSeq: 7 });
  expect(world.sent).toHaveLength(300);
  for (const lateMs of world.latenesses()) {
    expect(lateMs).toBeGreaterThanOrEqual(-0.001);
    expect(lateMs).toBeLessThanOrEqual(slotWindowMs);
  }
  expect(world.ledger.in("accepted")).toHaveLength(300);
});

test("L5: requests that a stalled process would begin late are given back, never sent, and sent in a later slot", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const slice = world.slice(world.launch(100));
  await world.clock.until(() => world.sent.length >= 20);
  world.clock.stall(150);
  await world.clock.run(slice);
  const forfeited = world.ledger.recorded.filter(({ settlement }) => settlement.reason === "too_late");
  expect(forfeited.length).toBeGreaterThan(5);
  for (const { messageId, attempt, latencyMs, settlement } of forfeited) {
    expect(world.sent).not.toContainEqual(expect.objectContaining({ messageId, attempt }));
    expect({ latencyMs, counts: settlement.countsAsAttempt }).toEqual({ latencyMs: null, counts: false });
  }
  for (const lateMs of world.latenesses()) expect(lateMs).toBeLessThanOrEqual(slotWindowMs);
  expect(new Set(world.sent.map(({ messageId }) => messageId)).size).toBe(100);
  expect(world.sent).toHaveLength(100);
});

test("a fresh process asks for nothing until every slot of an older one has run out", async () => {
  const world = new EngineWorld();
  await world.clock.run(world.slice(world.launch(1)));
  const lastProbeMs = world.gate.calls.findLast((call) => call.kind === "clock")?.atMs ?? Number.NaN;
  expect(world.gate.grants[0]?.atMs).toBeGreaterThanOrEqual(lastProbeMs + holdMs);
});

test("a fresh process has the gate warmed up once while it waits, so that its first slots are not spent on that", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  await world.clock.run(world.slice(world.launch(100)));
  const warmUps = world.gate.calls.filter((call) => call.kind === "warm_up");
  expect(warmUps).toHaveLength(1);
  expect(warmUps[0]?.atMs).toBeLessThan((world.gate.grants[0]?.atMs ?? 0) - horizonMs / 2);
});

test.each([-5000, 5000])(
  "a step of the database's clock by %i ms hands the whole grant back, and the next one is asked for after horizon + 15 ms",
  async (stepMs) => {
    const world = new EngineWorld({ perSecond: 100 });
    const slice = world.slice(world.launch(100));
    await world.clock.until(() => world.sent.length >= 20);
    const before = world.gate.grants.length;
    world.ledger.clockStepMs = stepMs;
    await world.clock.until(() => world.warnings.includes("clock.stepped"));
    const steppedAtMs = world.clock.monotonicMs();
    await world.clock.run(slice);
    const stepped = world.gate.grants.slice(before);
    const given = stepped[0]?.granted ?? 0;
    expect(stepped[1]?.atMs).toBeGreaterThanOrEqual(steppedAtMs + holdMs);
    expect(world.ledger.recorded.filter(({ settlement }) => settlement.reason === "cancelled")).toHaveLength(given);
    expect(world.sent).toHaveLength(100);
    expect(world.ledger.in("accepted")).toHaveLength(100);
  },
);

test("a grant whose answer was lost is returned, without the attempts held here, before the next grant is asked for", async () => {
  const world = new EngineWorld({ perSecond: 100, flushEveryMs: 60_000, flushAt: 1000 });
  const campaignId = world.launch(100);
  const slice = world.slice(campaignId, 10_000);
  await world.clock.until(() => world.sent.length >= 10);
  const heldBefore = world.gate.grants.reduce((sum, grant) => sum + grant.granted, 0);
  world.gate.loseGrants = 1;
  await world.clock.until(() => world.gate.calls.some((call) => call.kind === "return_lost"));
  const at = world.gate.calls.findIndex((call) => call.kind === "return_lost");
  const lost = world.gate.calls[at - 1];
  const returned = world.gate.calls[at];
  if (lost?.kind !== "grant" || returned?.kind !== "return_lost") throw new Error("the answer was not lost before the return");
  expect(returned.returned).toBe(lost.granted);
  expect(returned.holding).toMatchObject({ campaignId, epoch: 1 });
  expect(returned.holding.held).toHaveLength(heldBefore);
  await world.clock.run(slice);
  expect(world.sent).toHaveLength(100);
  expect(new Set(world.sent.map(({ messageId }) => messageId)).size).toBe(100);
});

test("a grant that was lost while its lane closed is returned too: what never began does not end as unknown", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const campaignId = world.launch(100);
  const slice = world.slice(campaignId);
  await world.clock.until(() => world.sent.length >= 10);
  world.gate.tripMs = 1000;
  world.gate.loseGrants = 1;
  const grants = world.gate.grants.length;
  await world.clock.until(() => world.gate.grants.length > grants && (world.gate.grants.at(-1)?.granted ?? 0) > 0);
  world.isStopping = true;
  expect(await world.clock.run(slice)).toMatchObject({ reason: "stopping" });
  expect(world.gate.calls.at(-1)).toMatchObject({ kind: "return_lost", returned: world.gate.grants.at(-1)?.granted });
  expect(world.ledger.in("dispatching")).toEqual([]);
});

test("a grant that was under way when its lane closed is sent and recorded before the slice returns", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const slice = world.slice(world.launch(1000));
  await world.clock.until(() => world.sent.length >= 10);
  world.gate.tripMs = 100;
  const grants = world.gate.grants.length;
  await world.clock.until(() => world.gate.grants.length > grants && (world.gate.grants.at(-1)?.granted ?? 0) > 0);
  world.isStopping = true;
  const { granted } = await world.clock.run(slice);
  expect(granted).toBe(world.gate.grants.reduce((sum, grant) => sum + grant.granted, 0));
  expect(world.ledger.in("dispatching")).toEqual([]);
});

test("results of a flush that failed are kept and recorded later, in their order, and nothing is granted meanwhile", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const slice = world.slice(world.launch(100));
  await world.clock.until(() => world.ledger.recorded.length > 0);
  world.ledger.refuseFlushes = 3;
  await world.clock.until(() => world.warnings.includes("flush.failed"));
  const grants = world.gate.grants.length;
  await world.clock.until(() => world.ledger.refuseFlushes === 0);
  expect(world.gate.grants.length).toBeLessThanOrEqual(grants + 1);
  await world.clock.run(slice);
  expect(world.ledger.recorded.map(({ messageId }) => messageId)).toEqual(world.sent.map(({ messageId }) => messageId));
  expect(world.ledger.in("accepted")).toHaveLength(100);
});

test("a full in-flight window asks for no grant", async () => {
  const world = new EngineWorld({ perSecond: 100, maxInFlight: 20 });
  world.answerMs = 5000;
  const slice = world.slice(world.launch(60));
  await world.clock.until(() => world.sent.length === 20);
  const grants = world.gate.grants.length;
  await world.clock.pass(4000);
  expect(world.gate.grants).toHaveLength(grants);
  expect(world.sent).toHaveLength(20);
  for (const { request } of world.gate.grants) expect(request.lanes[0]?.want).toBeLessThanOrEqual(20);
  await world.clock.run(slice);
  expect(world.sent).toHaveLength(60);
});

test("a nearly full window waits until it has room for a quantum: no grant is asked for a few slots", async () => {
  const world = new EngineWorld({ perSecond: 1000, maxInFlight: 100 });
  world.answerMs = 500;
  await world.clock.run(world.slice(world.launch(1000)));
  const grants = world.gate.grants.filter(({ granted }) => granted > 0);
  for (const { request } of grants) expect(request.lanes[0]?.want).toBeGreaterThanOrEqual(Math.floor(quantumMs));
  expect(grants.length).toBeLessThanOrEqual(Math.ceil(1000 / Math.floor(quantumMs)) + 1);
  expect(world.sent).toHaveLength(1000);
});

test("a campaign that holds nothing asks at once in whatever room is left: a test send waits for no quantum", async () => {
  const world = new EngineWorld({ perSecond: 500, maxInFlight: 100 });
  world.answerMs = 5000;
  const large = world.slice(world.launch(200), 60_000);
  await world.clock.pass(2000);
  expect(100 - world.sent.length, "less than a quantum is left").toBeLessThan(quantumMs / 2);
  const joinedMs = world.clock.monotonicMs();
  const small = world.slice(world.launch(1, 2));
  await world.clock.until(() => world.sent.some(({ campaignId }) => campaignId === aCampaignId(2)));
  expect(world.clock.monotonicMs() - joinedMs).toBeLessThan(horizonMs + 50);
  await world.clock.run(Promise.all([large, small]));
});

test("a quantum that no window can hold is no reason to stop, nor one of less than a slot", async () => {
  for (const [perSecond, maxInFlight] of [
    [1000, 5],
    [20, 2],
  ] as const) {
    const world = new EngineWorld({ perSecond, maxInFlight });
    expect(await world.clock.run(world.slice(world.launch(30)))).toMatchObject({ reason: "drained", granted: 30 });
  }
});

test("results that the ledger takes too slowly end the asking, so that memory stays bounded", async () => {
  const world = new EngineWorld({ perSecond: 1000, maxInFlight: 20, maxUnflushed: 60 });
  world.answerMs = 1;
  world.ledger.flushTripMs = 60_000;
  const slice = world.slice(world.launch(1000), 90_000);
  await world.clock.pass(50_000);
  expect(world.sent.length).toBeLessThanOrEqual(20 + 60);
  world.ledger.flushTripMs = 4;
  await world.clock.run(slice);
  expect(world.ledger.in("accepted").length).toBeGreaterThan(20 + 60);
});

test("L3: an adapter that throws after it was called leaves the message unknown, and it is never queued again", async () => {
  const world = new EngineWorld();
  world.answer = () => {
    throw new Error("a defect of the adapter");
  };
  await world.clock.run(world.slice(world.launch(5)));
  expect(world.ledger.in("unknown")).toHaveLength(5);
  expect(world.sent).toHaveLength(5);
});

test("L3: an answer that is no outcome at all leaves the message unknown", async () => {
  const world = new EngineWorld();
  world.answer = () => JSON.parse('{ "kind": "who_knows" }');
  await world.clock.run(world.slice(world.launch(3)));
  expect(world.ledger.in("unknown")).toHaveLength(3);
});

test("a message whose frozen parameters are missing is failed, not sent", async () => {
  const world = new EngineWorld();
  world.readChunk = async () => null;
  await world.clock.run(world.slice(world.launch(3)));
  expect(world.sent).toEqual([]);
  expect(world.ledger.recorded.map(({ settlement }) => settlement)).toEqual(
    Array.from({ length: 3 }, () =>
      expect.objectContaining({ state: "failed", class: "ROW", detail: "its frozen parameters are missing" }),
    ),
  );
});

test("messages whose chunk cannot be read go back to the queue for a while, and are sent once it can", async () => {
  const world = new EngineWorld();
  const readChunk = world.readChunk;
  world.readChunk = () => Promise.reject(new Error("the store is away"));
  const slice = world.slice(world.launch(3));
  await world.clock.until(() => world.ledger.recorded.length > 0);
  expect(world.ledger.recorded[0]?.settlement).toMatchObject({ state: "queued", reason: "not_prepared", countsAsAttempt: false });
  await world.clock.pass(1500);
  expect(world.ledger.recorded).toHaveLength(3);
  world.readChunk = readChunk;
  await world.clock.run(slice);
  expect(world.sent).toHaveLength(3);
});

test("a campaign whose chunks cannot be read burns a few slots every two seconds, and the number sends for the others", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  const readChunk = world.readChunk;
  const [away, other] = [world.launch(500), world.launch(500, 2)];
  world.readChunk = (chunkNo, campaignId) =>
    campaignId === away ? Promise.reject(new Error("the store is away")) : readChunk(chunkNo, campaignId);
  const slices = [world.slice(away, 9000), world.slice(other, 9000)];
  await world.clock.until(() => world.ledger.recorded.some(({ settlement }) => settlement.reason === "not_prepared"));
  await world.clock.pass(4000);
  const unprepared = world.ledger.recorded.filter(({ settlement }) => settlement.reason === "not_prepared").length;
  expect(unprepared).toBeLessThan(100);
  expect(world.sent.length).toBeGreaterThan(250);
  expect(world.sent.every((sent) => sent.campaignId === other)).toBe(true);
  await world.clock.run(Promise.all(slices));
});

test("a chunk store that hangs holds an attempt no longer than its slot", async () => {
  const world = new EngineWorld();
  world.readChunk = () => new Promise(() => undefined);
  const slice = world.slice(world.launch(3), 3000);
  await world.clock.run(slice);
  expect(world.sent).toEqual([]);
  expect(world.ledger.recorded[0]?.settlement).toMatchObject({ state: "queued", reason: "too_late" });
  expect(world.ledger.in("dispatching")).toEqual([]);
});

test("a message granted again before its first flush was answered keeps both attempts apart", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  let isFirst = true;
  world.answer = ({ messageId, attempt }) => {
    if (attempt === 1 && isFirst) {
      isFirst = false;
      return { kind: "not_started", cause: "cancelled" };
    }
    return { kind: "accepted", providerMessageId: `provider-${messageId}-${attempt}`, isHeld: false };
  };
  const campaignId = world.launch(1);
  const slice = world.slice(campaignId);
  // the flush commits at half of its trip: the message is granted again while its answer is still on the way
  world.ledger.flushTripMs = 3000;
  world.answerMs = 1;
  await world.clock.until(() => world.sent.length === 2);
  world.gate.loseGrants = 1;
  world.ledger.rows.push({ ...aRowLike(world), state: "queued", attempt: 0, nextAtMs: 0 });
  await world.clock.until(() => world.gate.calls.some((call) => call.kind === "return_lost"));
  const [messageId] = world.sent.map((sent) => sent.messageId);
  expect(world.gate.calls.findLast((call) => call.kind === "return_lost")).toMatchObject({
    holding: {
      held: [
        { messageId, attempt: 1 },
        { messageId, attempt: 2 },
      ],
    },
    returned: 1,
  });
  expect(await world.clock.run(slice)).toMatchObject({ reason: "drained" });
  expect(world.ledger.recorded.filter((result) => result.messageId === messageId).map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(world.ledger.in("accepted")).toHaveLength(2);
});

function aRowLike(world: EngineWorld) {
  const [row] = world.ledger.rows;
  if (!row) throw new Error("the world has no message");
  return { ...row, messageId: `${row.messageId}9` as typeof row.messageId };
}

test("a provider that cannot be reached is asked ever more rarely, says so, and the campaign goes on when it is back", async () => {
  const world = new EngineWorld({ perSecond: 100 });
  let isAway = true;
  const answer = world.answer;
  world.answer = (message) => (isAway ? Promise.resolve({ kind: "not_started", cause: "no_connection" }) : answer(message));
  const slice = world.slice(world.launch(20), 120_000);
  await world.clock.pass(20_000);
  expect(world.warnings).toContain("provider.unreachable");
  // 2, 4, 8 and 16 s apart, a few grants each: not five a second
  expect(world.gate.grants.filter(({ granted }) => granted > 0).length).toBeLessThanOrEqual(12);
  isAway = false;
  await world.clock.run(slice);
  expect(world.ledger.in("accepted")).toHaveLength(20);
});
