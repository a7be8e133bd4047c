import { expect, test } from "vitest";
import { type BackgroundDeps, backgroundLoops } from "./loops.ts";

const nothingTouched = (): never => {
  throw new Error("this loop has no business here");
};

test("the pace is sampled once a second, and each look says when the one before was", async () => {
  const since: (number | null)[] = [];
  const paceSampler: BackgroundDeps["paceSampler"] = {
    sample: async (sinceMs) => {
      since.push(sinceMs);
      return { atMs: since.length * 1000, written: 0 };
    },
  };
  const known: Partial<BackgroundDeps> = { paceSampler, realtime: null, nowMs: () => 0 };
  const deps = new Proxy(known, {
    get: (of, part) => (part in of ? Reflect.get(of, part) : nothingTouched),
  }) as BackgroundDeps;
  const loop = backgroundLoops(deps).find(({ name }) => name === "pace-samples");
  expect(loop).toMatchObject({ restMs: 1000, rests: "always" });
  await loop?.pass();
  await loop?.pass();
  expect(since).toEqual([null, 1000]);
});
