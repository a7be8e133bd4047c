import { randomUUID } from "node:crypto";
import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { openTemporal, type Temporal } from "@herald/temporal/client";
import { dispatchWorkflowId } from "@herald/temporal/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleWorkflows } from "./testing/bundle.ts";
import { testDataConverter } from "./testing/data-converter.ts";
import { FakeCampaign } from "./testing/fake-campaign.ts";
import { temporalAddress } from "./testing/real-server.ts";
import { quickTuning, TemporalWorld, until } from "./testing/temporal-world.ts";

let world: TemporalWorld;
let temporal: Temporal;
beforeAll(async () => {
  world = await TemporalWorld.open(temporalAddress(), await bundleWorkflows());
  const { address, namespace } = world;
  const opened = openTemporal({ address, namespace, dataConverter: testDataConverter, tuning: quickTuning });
  if (!opened.ok) throw new Error("an address was given");
  temporal = opened.value;
});
afterAll(async () => {
  await temporal.close();
  await world.close();
});

const anOrder = () => ({ workspaceId: randomUUID() as WorkspaceId, campaignId: randomUUID() as CampaignId, runNo: 0 });
const done = { ok: true, value: undefined };

test("a start that is repeated, while the campaign runs and after it has ended, starts it once", async () => {
  const campaign = new FakeCampaign(20);
  const order = anOrder();
  expect(await temporal.start(order)).toEqual(done);
  expect(await temporal.start(order)).toEqual(done);
  const handle = world.client.workflow.getHandle(dispatchWorkflowId(order.workspaceId, order.campaignId, 0));
  const { runId } = await handle.describe();
  await world.whileServing(campaign.activities, () => handle.result());
  expect(await temporal.start(order)).toEqual(done);
  expect((await handle.describe()).runId).toBe(runId);
});

test("a resend of a campaign that has ended is started under its own number, however often it is ordered", async () => {
  const order = anOrder();
  await temporal.start(order);
  const handleOf = (runNo: number) => world.client.workflow.getHandle(dispatchWorkflowId(order.workspaceId, order.campaignId, runNo));
  const campaign = new FakeCampaign(5);
  await world.whileServing(campaign.activities, () => handleOf(0).result());
  const again = new FakeCampaign(2);
  again.runNo = 1;
  expect(await temporal.start({ ...order, runNo: 1 })).toEqual(done);
  expect(await temporal.start({ ...order, runNo: 1 })).toEqual(done);
  await world.whileServing(again.activities, () => handleOf(1).result());
  expect(again).toMatchObject({ queued: 0, accepted: 2, status: "sent" });
  expect((await handleOf(0).describe()).status.name).toBe("COMPLETED");
});

test("a campaign is found by its workspace and by itself", async () => {
  const order = anOrder();
  expect(await temporal.start(order)).toEqual(done);
  const query = `WorkspaceId = '${order.workspaceId}' AND CampaignId = '${order.campaignId}'`;
  await until("visibility has it", async () => (await world.client.workflow.count(query)).count === 1);
});

test("waking what was never started, or has ended, needs nothing and says so", async () => {
  const campaign = new FakeCampaign(5);
  const order = anOrder();
  expect(await temporal.wake({ ...order, controlSeq: 1 })).toEqual(done);
  await temporal.start(order);
  await world.whileServing(campaign.activities, () =>
    world.client.workflow.getHandle(dispatchWorkflowId(order.workspaceId, order.campaignId, 0)).result(),
  );
  expect(await temporal.wake({ ...order, controlSeq: 1 })).toEqual(done);
});

test("a wake-up that no worker takes is unreachable within the deadline, and acts when it is repeated", async () => {
  const campaign = new FakeCampaign(5);
  campaign.control("paused");
  const order = anOrder();
  await temporal.start(order);
  const { controlSeq } = campaign;
  expect(await temporal.wake({ ...order, controlSeq })).toMatchObject({ ok: false, error: { type: "temporal_unreachable" } });
  await world.whileServing(campaign.activities, async () => {
    await until("paused", () => campaign.calls.length > 0);
    campaign.control("running");
    expect(await temporal.wake({ ...order, controlSeq: campaign.controlSeq })).toEqual(done);
    const handle = world.client.workflow.getHandle(dispatchWorkflowId(order.workspaceId, order.campaignId, 0));
    expect(await handle.result()).toMatchObject({ status: "sent", granted: 5 });
  });
});
