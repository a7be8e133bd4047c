import { expect, test } from "vitest";
import { parseStat } from "./process-tree.ts";

test("a name with spaces and parentheses does not shift the fields", () => {
  const stat = "4711 (postgres: (a) b) S 4242 4711 4711 0 -1 4194560 900 0 0 0 31 7 5 2 20 0 1 0 123";
  expect(parseStat(stat)).toEqual({ pid: 4711, parentPid: 4242, ownTicks: 38, endedChildrenTicks: 7 });
});
