import type { CampaignId, WorkspaceId } from "@herald/kernel";
import { expect, test } from "vitest";
import { CacheOutage, createStaging } from "./staging.ts";

const ids = { workspaceId: "w" as WorkspaceId, campaignId: "c" as CampaignId };

/** A cache that behaves as the real one: it never throws, and tells of its silence. */
function aWorld({ isConfigured = true } = {}) {
  const world = { isCacheAway: false, isTruthAway: false, nowMs: 0, staged: [] as number[], truthReads: [] as number[], degraded: 0 };
  const outage = new CacheOutage(() => world.nowMs);
  const cache = {
    read: async () => null,
    put: async (_workspaceId: unknown, _campaignId: unknown, { chunkNo }: { readonly chunkNo: number }) => {
      if (world.isCacheAway) outage.note();
      else world.staged.push(chunkNo);
    },
  };
  const staging = createStaging({
    cache: isConfigured ? cache : null,
    outage,
    noteDegraded: () => {
      world.degraded += 1;
    },
    truth: {
      read: async (_workspaceId, _campaignId, chunkNo) => {
        if (world.isTruthAway) throw new Error("Postgres is away");
        world.truthReads.push(chunkNo);
        return { chunkNo, entries: [] };
      },
    },
  });
  const ahead = (chunkNo: number) => staging.stageChunk(ids.workspaceId, ids.campaignId, chunkNo);
  return { world, first: (chunkCount: number) => staging.stageChunks({ ...ids, fromChunkNo: 0, chunkCount }), ahead };
}

test("the first twenty chunks are staged before a slice, and then one by one as it advances; that is no degradation", async () => {
  const { world, first, ahead } = aWorld();
  expect(await first(22)).toBe(20);
  expect([await ahead(20), await ahead(21)]).toEqual([true, true]);
  expect(world.staged).toEqual(Array.from({ length: 22 }, (_, chunkNo) => chunkNo));
  expect(world.degraded).toBe(0);
});

test("with the cache away the campaign is marked once, goes on, and nothing is read in vain", async () => {
  const { world, first, ahead } = aWorld();
  world.isCacheAway = true;
  expect(await first(50)).toBe(20);
  expect([await ahead(11), await ahead(12)]).toEqual([false, false]);
  expect([world.truthReads, world.degraded]).toEqual([[0], 1]);
});

test("a cache that is back is filled again after a rest", async () => {
  const { world, ahead } = aWorld();
  world.isCacheAway = true;
  expect(await ahead(5)).toBe(false);
  world.isCacheAway = false;
  world.nowMs = 9_999;
  expect(await ahead(5)).toBe(false);
  world.nowMs = 10_000;
  expect(await ahead(5)).toBe(true);
  expect(world.staged).toEqual([5]);
});

test("without a cache nothing is staged, and the campaign says so", async () => {
  const { world, first, ahead } = aWorld({ isConfigured: false });
  expect(await first(50)).toBe(20);
  expect(await ahead(11)).toBe(false);
  expect([world.truthReads, world.degraded]).toEqual([[], 1]);
});

test("a Postgres that fails is told, not taken for a missing cache", async () => {
  const { world, first, ahead } = aWorld();
  world.isTruthAway = true;
  await expect(first(2)).rejects.toThrow("Postgres is away");
  await expect(ahead(0)).rejects.toThrow("Postgres is away");
  expect(world.degraded).toBe(0);
});
