import { hours, minutes, seconds } from "@herald/kernel";
import { refusalClasses, refusalScopes } from "@herald/provider";
import { describe, expect, test } from "vitest";
import { type CodeRule, metaCodeRanges, metaCodes, ruleOf } from "./codes.ts";

const rules: readonly (readonly [string, CodeRule])[] = [
  ...Object.entries(metaCodes),
  ...metaCodeRanges.map(({ from, to, rule }) => [`${from}-${to}`, rule] as const),
];
const retried = ["SOON", "HOURS"];
const blocking = ["TEMPLATE", "NUMBER", "WABA", "TOKEN"];
const attemptsOf = (rule: CodeRule): readonly number[] =>
  retried.includes(rule.class) ? [2, 3, 5] : [blocking.includes(rule.class) ? 3 : 1];

describe("every row of the code table", () => {
  test.each(rules)("%s is well formed", (_code, rule) => {
    expect(refusalClasses).toContain(rule.class);
    expect(refusalScopes).toContain(rule.scope ?? "message");
    expect(rule.source).toMatch(/^(documentation\/business-messaging\/whatsapp|docs\/(graph-api|whatsapp))\/[a-z/-]+$/);
    expect(attemptsOf(rule)).toContain(rule.maxAttempts);
  });

  test.each(rules.filter(([, rule]) => rule.class === "HOURS"))("%s waits for hours", (_code, rule) => {
    expect(rule.minWaitMs).toBeGreaterThanOrEqual(hours(1));
  });

  test.each(rules.filter(([, rule]) => rule.maxAttempts === 1))("%s is never retried and so has no wait", (_code, rule) => {
    expect(rule.minWaitMs).toBeUndefined();
  });

  test.each(rules.filter(([, rule]) => blocking.includes(rule.class)))("%s names what it blocks besides its own message", (_code, rule) => {
    expect(rule.scope).toMatch(/template|number|account/);
  });

  test("stands in one place only", () => {
    const inRanges = Object.keys(metaCodes).filter((code) =>
      metaCodeRanges.some(({ from, to }) => from <= Number(code) && Number(code) <= to),
    );
    expect(inRanges).toEqual([]);
  });
});

test.each([
  [1, { class: "SOON", minWaitMs: seconds(60), maxAttempts: 3 }],
  [2, { class: "SOON", minWaitMs: seconds(60), maxAttempts: 3 }],
  [131000, { class: "SOON", minWaitMs: seconds(60), maxAttempts: 3 }],
  [130429, { class: "SOON", scope: "number", maxAttempts: 3 }],
  [131056, { class: "SOON", scope: "contact", minWaitMs: seconds(1) }],
  [131057, { class: "SOON", scope: "number", minWaitMs: minutes(1) }],
  [131049, { class: "HOURS", scope: "contact", minWaitMs: hours(24), maxAttempts: 2 }],
  [134102, { class: "TEMPLATE" }],
  [135000, { class: "ROW", inReceipt: { class: "WABA" } }],
  [200, { class: "WABA" }],
  [299, { class: "WABA" }],
  [2388019, { class: "OPS" }],
] as const)("code %i has its special values", (code, rule) => {
  expect(ruleOf(code)).toMatchObject(rule);
});

test("a code that Meta has not documented has no rule", () => {
  for (const code of [5, 199, 300, 131999, 999999]) expect(ruleOf(code)).toBeNull();
});
