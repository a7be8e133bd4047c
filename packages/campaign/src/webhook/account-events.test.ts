import { expect, test } from "vitest";
import { aWorkspaceId } from "../testing/ids.ts";
import { type LapsedBlock, liftLapsed } from "./account-events.ts";

const workspaceId = aWorkspaceId();

/** Blocks by id, with the parts that each takes; null: it fails. */
function aWorld(parts: Readonly<Record<string, number | null>>) {
  const left = new Map(Object.entries(parts));
  const lifted: string[] = [];
  const lapsed = {
    list: async (): Promise<readonly LapsedBlock[]> => Object.keys(parts).map((blockId) => ({ workspaceId, blockId })),
    lift: async ({ blockId }: LapsedBlock) => {
      lifted.push(blockId);
      const now = left.get(blockId) ?? null;
      if (now === null) throw new Error(`block ${blockId} cannot be lifted`);
      left.set(blockId, now - 1);
      return now <= 1;
    },
  };
  return { lifted, lift: () => liftLapsed({ lapsed }) };
}

test("a block that takes many parts keeps no other waiting", async () => {
  const { lifted, lift } = aWorld({ a: 3, b: 1, c: 2 });
  expect(await lift()).toBe(3);
  expect(lifted).toEqual(["a", "b", "c", "a", "c", "a"]);
});

test("a block that fails keeps no other from being lifted, and the pass tells of it", async () => {
  const { lifted, lift } = aWorld({ a: null, b: 2, c: null });
  await expect(lift()).rejects.toMatchObject({
    errors: [{ message: "block a cannot be lifted" }, { message: "block c cannot be lifted" }],
  });
  expect(lifted).toEqual(["a", "b", "c", "b"]);
});

test("nothing to lift is nothing", async () => {
  expect(await aWorld({}).lift()).toBe(0);
});
