import { describe, expect, it } from "vitest";
import { PairBuckets } from "./pair-bucket.ts";

const limit = { intervalMs: 6000, burst: 45 };
const sender = "4000000000000001";

/** How many of `count` messages at `atMs` get through. */
function burst(buckets: PairBuckets, atMs: number, count: number, userId = "US.1", from = sender): number {
  let granted = 0;
  for (let index = 0; index < count; index += 1) {
    if (!buckets.allows(from, userId, limit, atMs)) continue;
    buckets.take(from, userId, limit, atMs);
    granted += 1;
  }
  return granted;
}

describe("the pair rate", () => {
  it("grants a burst of 45 and then one message per six seconds", () => {
    const buckets = new PairBuckets();
    expect(burst(buckets, 1_000_000, 100)).toBe(45);
    expect(burst(buckets, 1_005_999, 5)).toBe(0);
    expect(burst(buckets, 1_006_000, 5)).toBe(1);
    expect(burst(buckets, 1_018_000, 5)).toBe(2);
  });

  it("gives the whole burst back only after it was paid for in full", () => {
    const buckets = new PairBuckets();
    burst(buckets, 0, 45);
    expect(burst(buckets, 44 * 6000, 45)).toBe(44);
    const rested = new PairBuckets();
    burst(rested, 0, 45);
    expect(burst(rested, 45 * 6000, 100)).toBe(45);
  });

  it("binds one number to one user only", () => {
    const buckets = new PairBuckets();
    burst(buckets, 0, 45);
    expect(burst(buckets, 0, 1, "US.2")).toBe(1);
    expect(burst(buckets, 0, 1, "US.1", "4000000000000002")).toBe(1);
  });

  it("keeps only pairs that still owe time, so that a million users cost nothing", () => {
    const buckets = new PairBuckets();
    for (let index = 0; index < 200_000; index += 1) buckets.take(sender, `US.${index}`, limit, index);
    expect(buckets.size).toBeLessThan(20_000);
  });
});
