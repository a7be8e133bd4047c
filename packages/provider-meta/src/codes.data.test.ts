import { readFileSync } from "node:fs";
import { seconds } from "@herald/kernel";
import { expect, test } from "vitest";
import origin from "../data/error-code-sources.json" with { type: "json" };
import { type CodeRule, metaCodeRanges, metaCodes, ruleOf } from "./codes.ts";

type Fact = {
  readonly from: number;
  readonly to: number;
  readonly class: string;
  readonly classInReceipt?: string;
  readonly leastWaitSeconds?: number;
  readonly mostTries?: number;
  readonly seenIn: readonly string[];
  readonly sources: readonly string[];
};
const codes = readFileSync(new URL("../data/error-codes.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Fact);

const ruleFor = (fact: Fact): CodeRule => {
  const [first, last] = [ruleOf(fact.from), ruleOf(fact.to)];
  if (first === null || last !== first) throw new Error(`the table has no single row for ${fact.from} to ${fact.to}`);
  return first;
};

test.each(codes)("what is known of code $from stands in the table", (fact) => {
  const rule = ruleFor(fact);
  expect(rule.class).toBe(fact.class);
  expect(rule.inReceipt?.class).toBe(fact.classInReceipt);
  expect(rule.minWaitMs ?? 0).toBeGreaterThanOrEqual(seconds(fact.leastWaitSeconds ?? 0));
  expect(rule.maxAttempts).toBeLessThanOrEqual(fact.mostTries ?? Number.POSITIVE_INFINITY);
});

test("the table has no row that no source speaks of", () => {
  const isKnown = (code: number): boolean => codes.some(({ from, to }) => from <= code && code <= to);
  const rows = [...Object.keys(metaCodes).map(Number), ...metaCodeRanges.flatMap(({ from, to }) => [from, to])];
  expect(rows.filter((code) => !isKnown(code))).toEqual([]);
});

test("each fact names where it was seen and a source that is listed with the day it was read", () => {
  for (const { seenIn, sources, from } of codes) {
    expect(seenIn.length, String(from)).toBeGreaterThan(0);
    expect(Object.keys(origin.sources), String(from)).toEqual(expect.arrayContaining([...sources]));
  }
  expect(Object.values(origin.sources).filter(({ url, read }) => url === "" || !/^20\d\d/.test(read))).toEqual([]);
});
