import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { MockActivityEnvironment } from "@temporalio/testing";
import { expect, test, vi } from "vitest";
import { createRecordActivities } from "./record-activities.ts";

const ids = { workspaceId: "w" as WorkspaceId, campaignId: "c" as CampaignId };

test("each short activity hands its ids inside and its answer back, twice alike", async () => {
  const asked: unknown[] = [];
  const answer =
    <Output>(output: Output) =>
    (input: unknown): Promise<Output> => {
      asked.push(input);
      return Promise.resolve(output);
    };
  const look = { isFinal: true } as never;
  const activities = createRecordActivities({ settleCampaign: answer(look), stageChunks: answer(20), cancelCampaign: answer(4) });
  for (const attempt of [1, 2]) {
    const environment = new MockActivityEnvironment({ attempt });
    expect(await environment.run(activities.lookAtCampaign, { ...ids, mayFinish: true })).toBe(look);
    expect(await environment.run(activities.stageChunks, { ...ids, fromChunkNo: 0, chunkCount: 40 })).toBe(20);
    expect(await environment.run(activities.cancelCampaign, ids)).toBe(4);
  }
  expect(asked.slice(0, 3)).toEqual(asked.slice(3));
});

test("a long look is heard while it runs, a short one never, and none once it has ended", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const ended: { release: () => void } = { release: () => undefined };
    const look = new Promise<never>((resolve) => {
      ended.release = () => resolve({ isFinal: true } as never);
    });
    const none = () => Promise.reject(new Error("not asked for"));
    const activities = createRecordActivities({ settleCampaign: () => look, stageChunks: () => Promise.resolve(20), cancelCampaign: none });
    const environment = new MockActivityEnvironment({ heartbeatTimeoutMs: 3000 });
    let beats = 0;
    environment.on("heartbeat", () => (beats += 1));
    await environment.run(activities.stageChunks, { ...ids, fromChunkNo: 0, chunkCount: 40 });
    expect(beats).toBe(0);
    const running = environment.run(activities.lookAtCampaign, { ...ids, mayFinish: true });
    vi.advanceTimersByTime(2500);
    expect(beats).toBe(2);
    ended.release();
    await running;
    vi.advanceTimersByTime(10_000);
    expect(beats).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});
