import { expect, test } from "vitest";
import type { ShownCheck } from "./answers.ts";
import { obstaclesOf } from "./readiness.ts";

const ready = {
  name: "Spring sale",
  states: { content: "done", audience: "done", checks: "done", when: "done", review: "open" },
  hasTime: true,
  checks: [],
} as const;
const badSender = (problem: "not_allowed" | "not_connected"): ShownCheck => ({
  key: "sender",
  state: "bad",
  facts: { problem, displayNumber: null, killedBy: null, blocks: [] },
});

test("a whole draft has nothing in its way, also before its checks are back", () => {
  expect(obstaclesOf(ready)).toEqual([]);
  expect(obstaclesOf({ ...ready, checks: null })).toEqual([]);
});

test("each thing that is missing is named with the step that mends it", () => {
  const states = { ...ready.states, content: "open", audience: "open", when: "open" } as const;
  expect(obstaclesOf({ ...ready, name: " ", states, hasTime: false })).toEqual([
    { what: "name", step: null },
    { what: "content", step: "content" },
    { what: "audience", step: "audience" },
    { what: "when", step: "when" },
  ]);
  expect(obstaclesOf({ ...ready, states: { ...ready.states, audience: "problem", when: "problem" } })).toEqual([
    { what: "nobody", step: "audience" },
    { what: "time", step: "when" },
  ]);
});

test("a check that forbids it is in the way; a right that is missing is told elsewhere", () => {
  expect(obstaclesOf({ ...ready, checks: [badSender("not_connected")] })).toEqual([{ what: "checks", step: "checks" }]);
  expect(obstaclesOf({ ...ready, checks: [badSender("not_allowed")] })).toEqual([]);
});
