import type { SliceInput, SliceReport, SliceSignals } from "@herald/campaign";
import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { ApplicationFailure } from "@temporalio/common";
import { MockActivityEnvironment } from "@temporalio/testing";
import { expect, test } from "vitest";
import { createSliceActivities } from "./slice-activities.ts";

const input: SliceInput = { workspaceId: "w" as WorkspaceId, campaignId: "c" as CampaignId, maxMs: 1000 };
const report: SliceReport = { reason: "drained", granted: 7, controlSeq: 3 };

/** A dispatcher that only tells how it was driven. */
function sliceOf(runSlice: (signals: SliceSignals) => Promise<SliceReport>) {
  const clock = { nowMs: 0 };
  const inputs: SliceInput[] = [];
  const { dispatchSlice } = createSliceActivities({
    monotonicMs: () => clock.nowMs,
    dispatcher: {
      runSlice: (given, signals) => {
        inputs.push(given);
        return runSlice(signals);
      },
    },
  });
  return { dispatchSlice, inputs, clock };
}

test("a slice hands on its ids and answers the dispatcher's report, however often it runs", async () => {
  const { dispatchSlice, inputs } = sliceOf(() => Promise.resolve(report));
  for (const attempt of [1, 2]) expect(await new MockActivityEnvironment({ attempt }).run(dispatchSlice, input)).toEqual(report);
  expect(inputs).toEqual([input, input]);
});

test("heartbeats follow the slice's progress, at most one a second, and say nothing", async () => {
  const slice = sliceOf(async ({ heartbeat }) => {
    for (let turn = 0; turn < 50; turn += 1) {
      heartbeat();
      slice.clock.nowMs += 100;
    }
    return report;
  });
  for (const attempt of [1, 2]) {
    const environment = new MockActivityEnvironment({ attempt });
    const beats: unknown[] = [];
    environment.on("heartbeat", (details: unknown) => beats.push(details));
    await environment.run(slice.dispatchSlice, input);
    expect(beats).toEqual([undefined, undefined, undefined, undefined, undefined]);
  }
});

test("a worker that shuts down tells the slice to stop, and the slice returns instead of failing", async () => {
  const { dispatchSlice } = sliceOf(async ({ isStopping }) => {
    while (!isStopping()) await new Promise((resolve) => setImmediate(resolve));
    return { ...report, reason: "stopping" };
  });
  for (const attempt of [1, 2]) {
    const environment = new MockActivityEnvironment({ attempt });
    const running = environment.run(dispatchSlice, input);
    environment.cancel("WORKER_SHUTDOWN");
    expect(await running).toMatchObject({ reason: "stopping" });
  }
});

test("what goes wrong leaves as a retryable failure with its kind, and without anybody's number (L12)", async () => {
  const { dispatchSlice } = sliceOf(() => Promise.reject(new RangeError("no route to +1 (650) 555-1234")));
  for (const attempt of [1, 2]) {
    const failure: unknown = await new MockActivityEnvironment({ attempt }).run(dispatchSlice, input).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: "RangeError", nonRetryable: false, message: "no route to [redacted]" });
  }
});
