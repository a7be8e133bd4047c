import { expect, test } from "vitest";
import { firstOpenStep, type StepFacts, stepStatesOf } from "./step-states.ts";

const nowMs = Date.UTC(2026, 10, 21, 12);
const facts: StepFacts = {
  content: {
    senderId: "sender",
    template: { name: "spring_sale", language: "en" },
    variables: { "body.1": { from: "field", field: "first_name" } },
    audience: { tags: ["vip"] },
    schedule: { start: "now" },
  },
  placeholderKeys: ["body.1"],
  eligible: 4812,
  worstCheck: "warn",
  refusedFields: [],
};

test("a whole draft has only its review left", () => {
  expect(stepStatesOf(facts, nowMs)).toEqual({ content: "done", audience: "done", checks: "done", when: "done", review: "open" });
  expect(firstOpenStep(stepStatesOf(facts, nowMs))).toBe("review");
});

test("a new draft begins with its content", () => {
  const empty = stepStatesOf({ ...facts, content: {}, placeholderKeys: null, eligible: null, worstCheck: null }, nowMs);
  expect(new Set(Object.values(empty))).toEqual(new Set(["open"]));
  expect(firstOpenStep(empty)).toBe("content");
});

test.each<[string, Partial<StepFacts>, object]>([
  ["a variable without a value", { placeholderKeys: ["body.1", "body.2"] }, { content: "open" }],
  ["a value that a door refused", { refusedFields: ["variables.body.1.value"] }, { content: "problem" }],
  ["an audience of whom nobody receives it", { eligible: 0 }, { audience: "problem" }],
  ["a check that stops it", { worstCheck: "bad" }, { checks: "problem" }],
  [
    "a time that has passed",
    { content: { ...facts.content, schedule: { start: "at", local: "2026-11-21T12:30", zone: "Europe/Berlin" } } },
    { when: "problem" },
  ],
  [
    "a time to come",
    { content: { ...facts.content, schedule: { start: "at", local: "2026-11-21T13:30", zone: "Europe/Berlin" } } },
    { when: "done" },
  ],
])("%s", (_case, change, states) => {
  expect(stepStatesOf({ ...facts, ...change }, nowMs)).toMatchObject(states);
});
