import { describe, expect, it } from "vitest";
import { type Rule, ruleSchema, Scenario } from "./rules.ts";

const scenarioOf = (...rules: unknown[]): Scenario =>
  new Scenario(
    rules.map((rule): Rule => ruleSchema.parse(rule)),
    1,
  );
const people = Array.from({ length: 20_000 }, (_, index) => `+1555${String(1_000_000 + index)}`);
const outcomeOf = (scenario: Scenario, recipient: string, decidedBefore = 0) =>
  scenario.outcomeOf({ recipient, phoneNumberId: "4000000000000001", template: { name: "offer", category: "MARKETING" }, decidedBefore });

describe("a scenario", () => {
  it("accepts, tells receipts and gets no reply when nothing is scripted", () => {
    expect(outcomeOf(scenarioOf(), "+15551230001")).toEqual({
      answer: { kind: "accept" },
      receipts: { kind: "normal" },
      reply: { kind: "none" },
      latency: null,
    });
  });

  it("gives each facet to the first matching rule that has it", () => {
    const scenario = scenarioOf(
      { to: ["+15551230001"], answer: { kind: "refuse", code: 131021 }, reply: { kind: "stop" } },
      { answer: { kind: "cut" } },
      { receipts: { kind: "none" }, reply: { kind: "text", text: "hi" } },
      { receipts: { kind: "read" } },
    );
    expect(outcomeOf(scenario, "+15551230001")).toMatchObject({
      answer: { kind: "refuse" },
      receipts: { kind: "none" },
      reply: { kind: "stop" },
    });
    expect(outcomeOf(scenario, "+15551230002")).toMatchObject({
      answer: { kind: "cut" },
      receipts: { kind: "none" },
      reply: { kind: "text" },
    });
  });

  it("hits the share it names within half a percent, and disjoint shares are disjoint people", () => {
    const scenario = scenarioOf(
      { share: { from: 0, to: 0.1 }, answer: { kind: "refuse", code: 131009 } },
      { share: { from: 0.1, to: 0.3 }, receipts: { kind: "failed", code: 131026 } },
    );
    const outcomes = people.map((person) => outcomeOf(scenario, person));
    const refused = outcomes.filter((outcome) => outcome.answer.kind === "refuse");
    const failed = outcomes.filter((outcome) => outcome.receipts.kind === "failed");
    expect(refused.length / people.length).toBeCloseTo(0.1, 2);
    expect(failed.length / people.length).toBeCloseTo(0.2, 2);
    expect(refused.some((outcome) => outcome.receipts.kind === "failed")).toBe(false);
  });

  it("chooses independently under another salt, and others under another seed", () => {
    const rule = (salt: string) => ruleSchema.parse({ share: { from: 0, to: 0.5, salt }, receipts: { kind: "none" } });
    const chosen = (scenario: Scenario) => people.filter((person) => outcomeOf(scenario, person).receipts.kind === "none");
    const first = new Set(chosen(new Scenario([rule("a")], 1)));
    for (const other of [new Scenario([rule("b")], 1), new Scenario([rule("a")], 2)])
      expect(chosen(other).filter((person) => first.has(person)).length / people.length).toBeCloseTo(0.25, 1);
  });

  it("passes over an answer once it was given `times` times", () => {
    const scenario = scenarioOf({ answer: { kind: "refuse", code: 131016, times: 2 } });
    expect([0, 1, 2].map((before) => outcomeOf(scenario, "+15551230001", before).answer.kind)).toEqual(["refuse", "refuse", "accept"]);
  });

  it("answers by the number of the attempt, and goes on with the last answer", () => {
    const scenario = scenarioOf({
      answer: { kind: "sequence", answers: [{ kind: "refuse", code: 131056 }, { kind: "refuse", code: 131056 }, { kind: "accept" }] },
    });
    expect([0, 1, 2, 3].map((before) => outcomeOf(scenario, "+15551230001", before).answer.kind)).toEqual([
      "refuse",
      "refuse",
      "accept",
      "accept",
    ]);
  });

  it.each([
    ["template", "offer", "reminder"],
    ["category", "MARKETING", "UTILITY"],
    ["callingCode", "1555", "55"],
  ])("can be for one %s only", (key, matching, other) => {
    const kinds = [matching, other].map(
      (value) => outcomeOf(scenarioOf({ [key]: value, answer: { kind: "cut" } }), "+15551230001").answer.kind,
    );
    expect(kinds).toEqual(["cut", "accept"]);
  });

  it("delays whom it names, beside what else happens to them", () => {
    const scenario = scenarioOf({ to: ["+15551230001"], latency: { minMs: 3000, maxMs: 3000 } }, { answer: { kind: "cut" } });
    expect(outcomeOf(scenario, "+15551230001")).toMatchObject({ answer: { kind: "cut" }, latency: { minMs: 3000 } });
    expect(outcomeOf(scenario, "+15551230002").latency).toBeNull();
  });
});
