import type { CampaignId } from "@herald/kernel";
import { expect, test } from "vitest";
import { aCampaignId, aWorkspaceId } from "../testing/ids.ts";
import { announceChanges, openAnnounceState } from "./announce-changes.ts";
import type { CampaignMove, RealtimeEvent } from "./realtime.ts";

/** Counters as they are seen: a shard shows its last committed move. */
function aWorld() {
  const shards = new Map<string, CampaignMove>();
  const told: RealtimeEvent[] = [];
  const state = openAnnounceState(100_000);
  let isAway = false;
  const deps = {
    changes: { movedSince: async (sinceMs: number) => [...shards.values()].filter(({ movedAtMs }) => movedAtMs > sinceMs) },
    realtime: {
      publish: async (events: readonly RealtimeEvent[]) => {
        if (isAway) throw new Error("nobody listens");
        told.push(...events);
      },
    },
  };
  return {
    told,
    state,
    shards,
    commit: (movedAtMs: number, shard = 0, campaignId: CampaignId = aCampaignId()) =>
      shards.set(`${campaignId}:${shard}`, { workspaceId: aWorkspaceId(), campaignId, shard, movedAtMs }),
    look: () => announceChanges(deps, state),
    away: (is: boolean) => {
      isAway = is;
    },
  };
}

test("a change is told once, with ids and a time and nothing else", async () => {
  const world = aWorld();
  world.commit(100_010);
  expect([await world.look(), await world.look(), await world.look()]).toEqual([1, 0, 0]);
  expect(world.told).toEqual([{ name: "campaign.changed", workspaceId: aWorkspaceId(), campaignId: aCampaignId(), atMs: 100_010 }]);
});

test("however many shards moved, a campaign is told once a look, with its newest time", async () => {
  const world = aWorld();
  for (const shard of [3, 1, 2]) world.commit(100_010 + shard, shard);
  world.commit(100_001, 0, aCampaignId(2));
  expect(await world.look()).toBe(2);
  expect(world.told.map(({ campaignId, atMs }) => [campaignId, atMs])).toEqual([
    [aCampaignId(), 100_013],
    [aCampaignId(2), 100_001],
  ]);
});

test("the last change of a campaign is told, though it commits after a later one was told", async () => {
  const world = aWorld();
  world.commit(100_900, 0);
  await world.look();
  world.commit(100_500, 8);
  expect(await world.look()).toBe(1);
  expect(await world.look()).toBe(0);
});

test("two shards that moved at the same moment are two changes", async () => {
  const world = aWorld();
  world.commit(100_900, 0);
  await world.look();
  world.commit(100_900, 8);
  expect(await world.look()).toBe(1);
});

test("a late commit of another campaign is told", async () => {
  const world = aWorld();
  world.commit(104_000, 0, aCampaignId(1));
  await world.look();
  world.commit(100_001, 0, aCampaignId(2));
  expect(await world.look()).toBe(1);
});

test("a move within a shard that carries an earlier time than the one before is a change, too", async () => {
  const world = aWorld();
  world.commit(100_010);
  await world.look();
  world.commit(100_009.5);
  expect(await world.look()).toBe(1);
});

test("when nobody could be told, the next look tells it", async () => {
  const world = aWorld();
  world.commit(100_010);
  world.away(true);
  await expect(world.look()).rejects.toThrow("nobody listens");
  world.away(false);
  expect(await world.look()).toBe(1);
});

test("what is remembered stays bounded, and nothing is told twice for having been forgotten", async () => {
  const world = aWorld();
  for (let turn = 1; turn <= 500; turn += 1) {
    world.commit(100_000 + turn * 250, turn % 16, aCampaignId(turn % 40));
    expect(await world.look()).toBe(1);
    expect(await world.look()).toBe(0);
  }
  expect(world.told).toHaveLength(500);
  expect(world.state.toldAtMs.size).toBeLessThanOrEqual(20);
});
