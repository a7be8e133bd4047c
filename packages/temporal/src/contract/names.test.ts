import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { expect, test } from "vitest";
import { controlUpdateId, defaultTuning, dispatchWorkflowId } from "./index.ts";

const workspaceId = "00000000-0000-4000-8000-000000000001" as WorkspaceId;
const campaignId = "00000000-0000-4000-8000-000000000002" as CampaignId;

test("a campaign has one workflow id, and each later run over some of its messages has its own (L10)", () => {
  expect(dispatchWorkflowId(workspaceId, campaignId, 0)).toBe(`campaign:${workspaceId}:${campaignId}`);
  expect(dispatchWorkflowId(workspaceId, campaignId, 2)).toBe(`campaign:${workspaceId}:${campaignId}:r2`);
});

test("one control has one update id", () => expect(controlUpdateId(7)).toBe("control:7"));

test("a slice ends by itself well before Temporal would end it, and is heard of several times before it is taken for dead", () => {
  expect(defaultTuning.sliceTimeoutMs - defaultTuning.sliceMs).toBeGreaterThanOrEqual(45_000);
  expect(defaultTuning.heartbeatTimeoutMs).toBeGreaterThanOrEqual(10_000);
});
