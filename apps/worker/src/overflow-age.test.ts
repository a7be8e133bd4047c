import type { OverflowedResults, ResultOverflow } from "@herald/campaign";
import { parseWorkspaceId } from "@herald/kernel";
import { expect, test } from "vitest";
import { agedOverflow } from "./overflow-age.ts";

const workspaceId = parseWorkspaceId("5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0001");
if (workspaceId === null) throw new Error("a workspace id");
const batch = (putAtMs: number): OverflowedResults => ({ overflowId: String(putAtMs), putAtMs, workspaceId, results: [] });

test("the age of the overflow is that of its oldest batch at the newest look, and is kept while it cannot be looked at", async () => {
  const waiting = [batch(1000), batch(4000)];
  let isAway = false;
  const store: ResultOverflow = {
    put: async () => undefined,
    take: async (limit) => {
      if (isAway) throw new Error("away");
      return waiting.slice(0, limit);
    },
    remove: async () => undefined,
    noteRefusal: async () => 1,
    setAside: async () => undefined,
    aside: async () => [2000, 3000].map((putAtMs) => ({ overflowId: "", putAtMs, workspaceId, campaignIds: null })),
    takeAside: async () => [],
  };
  const { overflow, ageMs, aside } = agedOverflow(store, () => 6000);
  expect([ageMs(), aside()]).toEqual([null, null]);
  await overflow.aside();
  expect(aside(), "what is set aside is counted for itself").toEqual({ batches: 2, ageMs: 4000 });
  expect(ageMs()).toBeNull();
  await overflow.take(10);
  expect(ageMs()).toBe(5000);
  isAway = true;
  await expect(overflow.take(10)).rejects.toThrow("away");
  expect(ageMs()).toBe(5000);
  isAway = false;
  waiting.length = 0;
  await overflow.take(10);
  expect(ageMs()).toBe(0);
});
