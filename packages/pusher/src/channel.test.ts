import { workspaceChannel } from "@herald/campaign";
import { parseWorkspaceId } from "@herald/kernel";
import { expect, test } from "vitest";
import { channelOf, workspaceOfChannel } from "./channel.ts";

const workspaceId = parseWorkspaceId("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

test("a workspace's channel is named as the domain names it, and leads back to the workspace", () => {
  if (workspaceId === null) throw new Error("a uuid is a workspace id");
  expect(channelOf(workspaceId)).toBe(workspaceChannel(workspaceId));
  expect(workspaceOfChannel(workspaceChannel(workspaceId))).toBe(workspaceId);
});

test("no other channel belongs to a workspace", () => {
  for (const channel of [
    "",
    "private-workspace-",
    "private-workspace-1",
    `workspace-${workspaceId}`,
    `private-workspace-${workspaceId}-x`,
    `presence-workspace-${workspaceId}`,
  ]) {
    expect(workspaceOfChannel(channel)).toBeNull();
  }
});
