import { DoorRefused, shop } from "@herald/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptedOf, agrees, draftOf, endedWith, launch, launchSlowly, listOf, peopleFrom, reportWhen } from "./testing/campaign.ts";
import { truthOf } from "./testing/truth.ts";
import { eventually, openWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.product.simulator.script([]);
});
afterAll(() => world?.end());

const requestsOf = async (campaignId: string): Promise<number> => (await truthOf(world.product, campaignId)).requests;
const pause = (forMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, forMs));

/** Requests a second, seen over some time by the clock of this machine. */
async function observedRate(campaignId: string, forMs: number): Promise<number> {
  const [before, startedMs] = [await requestsOf(campaignId), performance.now()];
  await pause(forMs);
  const after = await requestsOf(campaignId);
  return ((after - before) * 1000) / (performance.now() - startedMs);
}

const sent = (campaignId: string) => reportWhen(world, campaignId, "the end", (view) => view.campaign.status === "sent", 60_000);

describe("the rate door", () => {
  test("a running campaign becomes slower and faster as it is told, and says its ceiling", async () => {
    const campaignId = await launchSlowly(world, { name: "Rate", people: peopleFrom(1000, 300) }, 20);
    // its first second is the joining of an idle number
    await eventually("its pace", 12_000, async () => (await observedRate(campaignId, 1000)) > 12);
    expect(await world.operator.rate(campaignId, { maxPerSecond: 4 })).toMatchObject({ maxPerSecond: 4 });
    expect(await observedRate(campaignId, 2500)).toBeLessThan(6);
    expect((await world.operator.campaign(campaignId)).pace.maxPerSecond).toBe(4);
    await world.operator.rate(campaignId, { maxPerSecond: null });
    await sent(campaignId);
    await agrees(world, campaignId);
  });
});

describe("kill switches", () => {
  const workspace = { workspaceId: shop.workspaceId };
  test.each([
    ["number", { ...workspace, senderId: shop.sender.id }, 120],
    ["workspace", workspace, 180],
  ] as const)(
    "of a %s: once acknowledged no new request begins; only an admin lets it go again, and the rest is sent",
    async (of, target, first) => {
      const campaignId = await launchSlowly(world, { name: `Killed ${of}`, people: peopleFrom(first, 60) }, 15);
      await eventually("some requests", 20_000, async () => (await requestsOf(campaignId)) > 5);
      expect(await world.operator.killSwitch(target, { on: true, note: "stop" })).toMatchObject({ isKilled: true });
      const atAcknowledgement = await requestsOf(campaignId);
      await pause(2000);
      expect(await requestsOf(campaignId)).toBe(atAcknowledgement);
      expect(atAcknowledgement).toBeLessThan(60);
      const view = await reportWhen(world, campaignId, "the stall to be named", (seen) => seen.stalled === "killed");
      expect(view.pace.killedBy).toBe(of);
      expect(view.campaign.status).toBe("sending");

      const refusal = await world.operator.killSwitch(target, { on: false, note: "go on" }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(DoorRefused);
      expect(refusal).toMatchObject({ status: 403 });
      expect(await world.admin.killSwitch(target, { on: false, note: "go on" })).toMatchObject({ isKilled: false });
      await sent(campaignId);
      await agrees(world, campaignId);
    },
  );
});

test("a test send goes out while a big campaign keeps its number busy", async () => {
  const big = await launch(world, { name: "Busy", people: peopleFrom(240, 600) });
  await eventually("the big one to send", 20_000, async () => (await requestsOf(big)) > 60);
  const contactIds = (await world.operator.messages(big, { state: "queued" })).slice(-2).map((message) => message.contactId);
  const { campaignId, planned } = await world.operator.testSend({ ...draftOf("order"), contactIds }, "test-send-1");
  expect(planned).toBe(2);
  const tested = await reportWhen(world, campaignId, "the test", (view) => acceptedOf(view) === 2);
  expect(tested.campaign.kind).toBe("test");
  await sent(big);
  const [whole, test2] = [await truthOf(world.product, big), await truthOf(world.product, campaignId)];
  expect(test2.lastAtMs).toBeLessThan(whole.lastAtMs);
  await agrees(world, big);
  await agrees(world, campaignId);
});

describe("the calendar", () => {
  test("a scheduled campaign starts by itself, not before its time", async () => {
    const at = Date.now() + 10_000;
    const campaignId = await launch(world, {
      name: "By the calendar",
      people: peopleFrom(840, 20),
      schedule: { at: new Date(at).toISOString() },
    });
    const before = await world.operator.campaign(campaignId);
    expect(before.campaign).toMatchObject({ status: "scheduled", scheduledAt: new Date(at).toISOString() });
    await sent(campaignId);
    expect((await truthOf(world.product, campaignId)).firstAtMs).toBeGreaterThanOrEqual(at);
    await agrees(world, campaignId);
  });

  test("one for next week is moved, and then told to start now", async () => {
    const nextWeek = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const campaignId = await launch(world, { name: "Next week", people: peopleFrom(860, 20), schedule: { at: nextWeek } });
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const moved = await world.operator.schedule(campaignId, { schedule: { at: tomorrow } });
    expect(moved).toMatchObject({ status: "scheduled", schedule: { at: tomorrow } });
    expect(await requestsOf(campaignId)).toBe(0);
    await world.operator.schedule(campaignId, { now: true });
    await sent(campaignId);
    await agrees(world, campaignId);
  });
});

test("whoever opts out while a campaign runs gets nothing any more, and is shown as opted out", async () => {
  const { product, operator } = world;
  const people = peopleFrom(900, 60);
  const campaignId = await launchSlowly(world, { name: "Stop in between", people, template: "offer" }, 15);
  await eventually("some requests", 20_000, async () => (await requestsOf(campaignId)) > 5);
  await operator.control(campaignId, "pause");
  // what was begun before the pause arrives first
  await reportWhen(world, campaignId, "nothing under way", (view) => view.ledger.counts["dispatching"] === 0);
  const { byRecipient } = await truthOf(product, campaignId);
  const stopping = people.filter((person) => !byRecipient.has(person.phone)).slice(0, 3);
  const [first, second, third] = stopping.map((person) => person.phone);
  await product.simulator.act({ do: "inbound", from: first, text: "STOP" });
  await product.simulator.act({ do: "inbound", from: second, text: "stop" });
  await product.simulator.act({ do: "preference", from: third, value: "stop" });
  const audience = { listIds: [await listOf(world, "Who stopped", stopping)] };
  await eventually("the opt-outs to be read", 20_000, async () => {
    const { excluded } = await operator.preview({ ...draftOf("offer"), audience });
    return excluded.find((one) => one.reason === "opted_out")?.count === 3;
  });
  await operator.control(campaignId, "resume");
  const done = await reportWhen(world, campaignId, "the end", endedWith("sent", 57), 60_000);
  expect(done.skips).toEqual([{ reason: "opted_out", count: 3 }]);
  const truth = await truthOf(product, campaignId);
  expect(stopping.filter((person) => truth.byRecipient.has(person.phone))).toEqual([]);
  await agrees(world, campaignId);
});
