import { expect, test } from "vitest";
import { simulatorFlags, workerEnv, workerFlags } from "./places.ts";

test("workers and simulator run here as their packages start them: soft measures, and no limit of the heap", () => {
  expect(simulatorFlags).toEqual(["--max-semi-space-size=2"]);
  expect(workerFlags).toEqual(["--max-semi-space-size=4", "--heap-growing-percent=30"]);
  expect(workerEnv).toEqual({ MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "131072" });
});
