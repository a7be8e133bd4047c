import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { SlidingSecond, Throughput } from "./throughput.ts";

/** The most of `times` in any second, by brute force. */
const busiestSecond = (times: readonly number[]): number =>
  Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + 1000).length));

describe("a number's throughput", () => {
  it.each([20, 80])("never lets more than %i through in any sliding second, and loses none it could grant", (cap) => {
    const random = seededRandom(cap);
    const throughput = new Throughput();
    const granted: number[] = [];
    let atMs = 1_000_000;
    for (let index = 0; index < 2000; index += 1) {
      atMs += random() * (1500 / cap);
      const couldGrant = granted.filter((time) => time > atMs - 1000).length < cap;
      const isGranted = throughput.tryTake(cap, atMs);
      expect(isGranted).toBe(couldGrant);
      if (isGranted) granted.push(atMs);
    }
    expect(busiestSecond(granted)).toBe(cap);
    expect(granted.length).toBeLessThan(2000);
  });

  it("frees a place exactly one second after it was taken", () => {
    const throughput = new Throughput();
    expect(throughput.tryTake(1, 5000)).toBe(true);
    expect(throughput.tryTake(1, 5999.999)).toBe(false);
    expect(throughput.tryTake(1, 6000)).toBe(true);
  });

  it("does not count what it refused, but counts what users send", () => {
    const throughput = new Throughput();
    throughput.noteInbound(0);
    expect(throughput.tryTake(2, 10)).toBe(true);
    expect(throughput.tryTake(2, 20)).toBe(false);
    expect(throughput.tryTake(2, 1000)).toBe(true);
  });
});

describe("the auditor's sliding second", () => {
  it("reports the busiest second exactly, beyond its first capacity", () => {
    const random = seededRandom(3);
    const times = Array.from({ length: 1500 }, () => random() * 4000).toSorted((left, right) => left - right);
    const second = new SlidingSecond();
    for (const time of times) second.add(time);
    expect(second.max).toBe(busiestSecond(times));
    expect(second.max).toBeGreaterThan(128);
  });
});
