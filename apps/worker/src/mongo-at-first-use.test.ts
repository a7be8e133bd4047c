import type { ResultOverflow } from "@herald/campaign";
import type { WorkspaceId } from "@herald/kernel";
import { expect, test } from "vitest";
import { mongoAtFirstUse } from "./mongo-at-first-use.ts";

function aWorld() {
  const told: unknown[] = [];
  const world = { loads: 0, isAway: false, told, mongo: mongoAtFirstUse(load) };
  const note =
    (name: string) =>
    async (...given: unknown[]) =>
      void told.push([name, ...given]);
  async function load() {
    world.loads += 1;
    if (world.isAway) throw new Error("the driver does not load");
    const overflow = { put: note("put"), remove: note("remove"), aside: async () => [] } as unknown as ResultOverflow;
    return { overflow, conversations: { apply: note("apply") }, ensureIndexes: note("ensureIndexes"), close: note("close") };
  }
  return world;
}

test("the driver is loaded by the first call and never again; what was asked reaches it", async () => {
  const world = aWorld();
  expect(world.loads).toBe(0);
  await Promise.all([world.mongo.overflow.put("w" as WorkspaceId, []), world.mongo.overflow.remove(["1"])]);
  expect(await world.mongo.overflow.aside()).toEqual([]);
  await world.mongo.ensureIndexes();
  await world.mongo.conversations.apply([]);
  await world.mongo.close();
  expect(world.told).toEqual([["put", "w", []], ["remove", ["1"]], ["ensureIndexes"], ["apply", []], ["close"]]);
  expect(world.loads).toBe(1);
});

test("a method that the port does not have is an error: an answer would say that a put is safe", async () => {
  await expect(aWorld().mongo.overflow.noteRefusal("1")).rejects.toThrow("no method noteRefusal");
});

test("a process that never needed it closes nothing", async () => {
  const world = aWorld();
  await world.mongo.close();
  expect(world.loads).toBe(0);
});

test("a driver that did not load is loaded by the next call", async () => {
  const world = aWorld();
  world.isAway = true;
  await expect(world.mongo.overflow.aside()).rejects.toThrow("does not load");
  world.isAway = false;
  expect(await world.mongo.overflow.aside()).toEqual([]);
});
