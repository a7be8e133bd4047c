import { expect, test } from "vitest";
import { parseMemory, sumOfMemories } from "./process-watch.ts";

test("memory that the processes of a tree share is counted once", () => {
  const postmaster = parseMemory(
    "Name:\tpostgres\nVmRSS:\t  60 kB\nRssAnon:\t      10 kB\nRssFile:\t      20 kB\nRssShmem:\t      30 kB\n",
  );
  expect(postmaster).toEqual({ anonKb: 10, fileKb: 20, shmemKb: 30 });
  expect(sumOfMemories([postmaster, { anonKb: 5, fileKb: 12, shmemKb: 90 }])).toBe(10 + 5 + 20 + 90);
  expect(sumOfMemories([])).toBe(0);
});
