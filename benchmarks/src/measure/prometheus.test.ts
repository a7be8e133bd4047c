import { expect, test } from "vitest";
import { bucketsOf, parseExposition, quantileOf } from "./prometheus.ts";

const exposition = `# HELP herald_gate_seconds Time of one call.
# TYPE herald_gate_seconds histogram
herald_gate_seconds_bucket{le="0.002",answer="granted"} 10
herald_gate_seconds_bucket{le="0.004",answer="granted"} 90
herald_gate_seconds_bucket{le="+Inf",answer="granted"} 100
herald_gate_seconds_bucket{le="0.002",answer="wait"} 7
herald_gate_seconds_bucket{le="+Inf",answer="wait"} 7
up 1
`;

test("a histogram is read by its labels, and several of one name are summed", () => {
  const samples = parseExposition(exposition);
  expect(bucketsOf(samples, "herald_gate_seconds", { answer: "granted" })).toEqual([
    { le: 0.002, count: 10 },
    { le: 0.004, count: 90 },
    { le: Number.POSITIVE_INFINITY, count: 100 },
  ]);
  expect(bucketsOf([...samples, ...samples], "herald_gate_seconds", { answer: "granted" }).at(-1)?.count).toBe(200);
});

test("a quantile lies inside its bucket, and beyond the last bound it is that bound", () => {
  const buckets = bucketsOf(parseExposition(exposition), "herald_gate_seconds", { answer: "granted" });
  expect(quantileOf(buckets, 0.5)).toBeCloseTo(0.003, 10);
  expect(quantileOf(buckets, 0.99)).toBe(0.004);
  expect(quantileOf([], 0.5)).toBeNull();
});
