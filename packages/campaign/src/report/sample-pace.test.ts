import { expect, test } from "vitest";
import { openSampleState, samplePace } from "./sample-pace.ts";

test("each look says when the one before was, and a look that failed leaves that moment as it is", async () => {
  const asked: (number | null)[] = [];
  let isAway = false;
  const paceSampler = {
    sample: async (sinceMs: number | null) => {
      asked.push(sinceMs);
      if (isAway) throw new Error("the database is away");
      return { atMs: asked.length * 1000, written: 1 };
    },
  };
  const state = openSampleState();
  expect(await samplePace({ paceSampler }, state)).toBe(1);
  await samplePace({ paceSampler }, state);
  isAway = true;
  await expect(samplePace({ paceSampler }, state)).rejects.toThrow("away");
  isAway = false;
  await samplePace({ paceSampler }, state);
  expect(asked).toEqual([null, 1000, 2000, 2000]);
});
