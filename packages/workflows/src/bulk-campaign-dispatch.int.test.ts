import { controlChangedName, controlUpdateId } from "@herald/temporal/contract";
import { WorkflowFailedError } from "@temporalio/client";
import { CancelledFailure } from "@temporalio/common";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleWorkflows } from "./testing/bundle.ts";
import { eachTwice, FakeCampaign } from "./testing/fake-campaign.ts";
import { temporalAddress } from "./testing/real-server.ts";
import { type RunningCampaign, TemporalWorld, until } from "./testing/temporal-world.ts";

let world: TemporalWorld;
beforeAll(async () => {
  world = await TemporalWorld.open(temporalAddress(), await bundleWorkflows());
});
afterAll(() => world.close());

const wake = (running: RunningCampaign, controlSeq: number) =>
  running.handle.executeUpdate<void, [number]>(controlChangedName, { args: [controlSeq], updateId: controlUpdateId(controlSeq) });

const sliceCalls = (campaign: FakeCampaign) => campaign.calls.filter((call) => call === "slice").length;

test("a campaign is looked at, staged, sent in slices and finished, in that order", async () => {
  const campaign = new FakeCampaign(2500);
  campaign.script = [{ reason: "time_up", grant: 1000 }, { reason: "stopping", grant: 500 }, { reason: "drained" }];
  await world.whileServing(campaign.activities, async () => {
    const { handle } = await world.start();
    expect(await handle.result()).toEqual({ status: "sent", slices: 3, failedSlices: 0, granted: 2500 });
  });
  expect(campaign.calls).toEqual(["look", "stage", "slice", "slice", "slice", "look", "finish"]);
});

test("a workflow that is thrown out of memory after every step, with each activity run twice, ends in the same place", async () => {
  const campaign = new FakeCampaign(900);
  campaign.script = [
    { reason: "time_up", grant: 100 },
    { reason: "time_up", grant: 100 },
    { reason: "drained", defer: 5 },
    { reason: "drained" },
  ];
  await world.whileServing(
    eachTwice(campaign.activities),
    async () => {
      const { handle } = await world.start();
      expect(await handle.result()).toMatchObject({ status: "sent" });
    },
    { maxCachedWorkflows: 0 },
  );
  expect(campaign.accepted).toBe(900);
});

test("a pause stops the slices until a control is announced, and a wake-up that is told twice acts once", async () => {
  const campaign = new FakeCampaign(200);
  campaign.script = [
    () => {
      campaign.control("paused");
      return { reason: "paused", grant: 50 };
    },
    { reason: "drained" },
  ];
  await world.whileServing(campaign.activities, async () => {
    const running = await world.start();
    await until("paused", () => campaign.calls.at(-1) === "look" && sliceCalls(campaign) === 1);
    const atRest = campaign.calls.length;
    await wake(running, campaign.controlSeq);
    expect(campaign.calls.length).toBe(atRest);

    const resumed = campaign.control("running");
    await wake(running, resumed);
    await wake(running, resumed);
    expect(await running.handle.result()).toMatchObject({ status: "sent", slices: 2, granted: 200 });
    const history = await running.handle.fetchHistory();
    expect(history.events?.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toHaveLength(2);
  });
});

test("a control that commits while a slice runs is not slept over, in whatever order the news arrive", async () => {
  const campaign = new FakeCampaign(200);
  const held: { release: () => void } = { release: () => undefined };
  campaign.script = [
    async () => {
      await new Promise<void>((resolve) => {
        held.release = resolve;
      });
      return { reason: "paused", grant: 10 };
    },
    { reason: "drained" },
  ];
  await world.whileServing(campaign.activities, async () => {
    const running = await world.start();
    await until("a slice runs", () => sliceCalls(campaign) === 1);
    campaign.control("paused");
    await wake(running, campaign.control("running"));
    held.release();
    expect(await running.handle.result()).toMatchObject({ status: "sent", granted: 200 });
  });
});

test("a scheduled campaign sends nothing before its time, and follows a time that is moved", async () => {
  const campaign = new FakeCampaign(10);
  campaign.scheduledAtMs = Date.now() + 3_600_000;
  await world.whileServing(campaign.activities, async () => {
    const running = await world.start();
    await until("it has looked", () => campaign.calls.length === 1);
    const movedToMs = Date.now() + 400;
    campaign.scheduledAtMs = movedToMs;
    campaign.controlSeq += 1;
    await wake(running, campaign.controlSeq);
    await until("it sends", () => sliceCalls(campaign) === 1);
    expect(Date.now()).toBeGreaterThanOrEqual(movedToMs);
    expect(await running.handle.result()).toMatchObject({ status: "sent" });
  });
});

test("a start that was missed asks: nothing is sent until somebody resumes it", async () => {
  const campaign = new FakeCampaign(10);
  campaign.scheduledAtMs = Date.now() - 3_600_000;
  campaign.latePolicy = "ask";
  await world.whileServing(campaign.activities, async () => {
    const running = await world.start();
    await until("it asks", () => campaign.flag === "paused");
    const resumed = campaign.control("running");
    expect(sliceCalls(campaign)).toBe(0);
    await wake(running, resumed);
    expect(await running.handle.result()).toMatchObject({ status: "sent", granted: 10 });
  });
});

test("a start that was missed under `skip` ends cancelled, and nothing is sent", async () => {
  const campaign = new FakeCampaign(10);
  campaign.scheduledAtMs = Date.now() - 3_600_000;
  campaign.latePolicy = "skip";
  await world.whileServing(campaign.activities, async () => {
    const { handle } = await world.start();
    expect(await handle.result()).toEqual({ status: "cancelled", slices: 0, failedSlices: 0, granted: 0 });
  });
});

test("a resend run has a workflow of its own beside the ended one, stages nothing, and sends only what was put back", async () => {
  const campaign = new FakeCampaign(4);
  campaign.runNo = 1;
  campaign.chunkCount = 40;
  await world.whileServing(campaign.activities, async () => {
    const { handle, workflowId } = await world.start({}, 1);
    expect(workflowId).toMatch(/:r1$/);
    expect(await handle.result()).toEqual({ status: "sent", slices: 1, failedSlices: 0, granted: 4 });
  });
  expect(campaign.calls).toEqual(["look", "slice", "look", "finish"]);
});

test("a run that hears of the end only after the campaign was opened again ends, and leaves the messages to the newer run", async () => {
  const campaign = new FakeCampaign(4);
  campaign.runNo = 1;
  await world.whileServing(campaign.activities, async () => {
    const { handle } = await world.start({}, 0);
    expect(await handle.result()).toMatchObject({ slices: 0, granted: 0 });
  });
  expect(campaign.calls).toEqual(["look"]);
  expect(campaign.queued).toBe(4);
});

test("a slice that fails for good, and a cache that is away, delay the campaign and do not fail it", async () => {
  const campaign = new FakeCampaign(300);
  campaign.stageFails = true;
  campaign.failNextAttempts = 4;
  campaign.script = [{ reason: "drained" }];
  await world.whileServing(campaign.activities, async () => {
    const { handle } = await world.start();
    expect(await handle.result()).toEqual({ status: "sent", slices: 1, failedSlices: 1, granted: 300 });
  });
  expect(sliceCalls(campaign)).toBe(5);
});

test("what is only ambiguous is waited for, then the campaign ends without it", async () => {
  const campaign = new FakeCampaign(100);
  campaign.script = [{ reason: "drained", lose: 3 }];
  const startedMs = Date.now();
  await world.whileServing(campaign.activities, async () => {
    const { handle } = await world.start();
    expect(await handle.result()).toMatchObject({ status: "partially_sent" });
  });
  expect(Date.now() - startedMs).toBeGreaterThanOrEqual(400);
  expect(campaign.calls.filter((call) => call === "look").length).toBeGreaterThan(2);
});

test("Temporal's cancellation commits the cancel, lets the slice end in order and ends the run as cancelled", async () => {
  const campaign = new FakeCampaign(500);
  campaign.script = [
    async () => {
      await until("the flag is committed", () => campaign.flag === "cancelled");
      return { reason: "cancelled", grant: 20 };
    },
  ];
  await world.whileServing(campaign.activities, async () => {
    const { handle } = await world.start();
    await until("a slice runs", () => sliceCalls(campaign) === 1);
    await handle.cancel();
    const failure: unknown = await handle.result().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
  });
  expect(campaign.status).toBe("cancelled");
  expect(campaign.queued).toBe(0);
  expect(campaign.calls).toEqual(["look", "stage", "slice", "cancel", "look", "finish"]);
});

test("a history that has grown long continues as a new run that goes on from the same totals", async () => {
  const campaign = new FakeCampaign(30);
  let slices = 0;
  campaign.script = [
    () => {
      slices += 1;
      return slices < 30 ? { reason: "time_up", grant: 1 } : { reason: "drained" };
    },
  ];
  await world.whileServing(campaign.activities, async () => {
    const { handle, workflowId, firstRunId } = await world.start({ maxHistoryEvents: 60 });
    expect(await handle.result()).toEqual({ status: "sent", slices: 30, failedSlices: 0, granted: 30 });
    const last = await world.client.workflow.getHandle(workflowId).describe();
    expect(last.runId).not.toBe(firstRunId);
    expect(last.historyLength).toBeLessThan(80);
  });
  expect(campaign.calls.filter((call) => call === "stage")).toHaveLength(1);
});

test("neither results nor the words of a failure are readable in a history", async () => {
  const campaign = new FakeCampaign(1);
  campaign.failNextAttempts = 1;
  await world.whileServing(campaign.activities, async () => {
    const { handle } = await world.start();
    await handle.result();
    const words = wordsIn((await handle.fetchHistory()).events);
    expect(words).toContain("binary/encrypted");
    expect(words).toContain("Encoded failure");
    expect(words).not.toMatch(/the database is away|granted|heartbeatTimeoutMs/);
  });
});

/** Every string of a value, and what it says if it is base64. */
function wordsIn(value: unknown): string {
  const words: string[] = [];
  JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === "string") words.push(item, Buffer.from(item, "base64").toString("latin1"));
    return item;
  });
  return words.join("\n");
}
