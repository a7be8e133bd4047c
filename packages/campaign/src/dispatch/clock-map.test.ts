import { expect, test } from "vitest";
import { ClockMap } from "./clock-map.ts";

const offsetMs = 1_000_000;
const reading = (askedMs: number, tripMs: number, share = 0.5, skewMs = 0) => ({
  askedMs,
  answeredMs: askedMs + tripMs,
  databaseMs: askedMs + tripMs * share + offsetMs + skewMs,
});

test("slow and lopsided exchanges never push a slot further off than the best exchange allows", () => {
  const clock = new ClockMap();
  clock.observe(reading(0, 2));
  for (let turn = 1; turn < 50; turn += 1) expect(clock.observe(reading(turn * 20, 60, 0.99))).toBe(true);
  expect(clock.uncertaintyMs).toBeLessThanOrEqual(4);
  expect(Math.abs(clock.toMonotonicMs(offsetMs + 5000) - 5000)).toBeLessThanOrEqual(clock.uncertaintyMs);
});

test("a step of the database's clock is told, in both directions, and the map follows it", () => {
  for (const skewMs of [600, -600, 5000, -5000]) {
    const clock = new ClockMap();
    clock.observe(reading(0, 2));
    expect(clock.observe(reading(100, 2, 0.5, skewMs))).toBe(false);
    expect(clock.observe(reading(200, 2, 0.5, skewMs))).toBe(true);
    expect(Math.abs(clock.toMonotonicMs(offsetMs + skewMs + 300) - 300)).toBeLessThan(2);
  }
});

test("drift within 500 ppm is no step", () => {
  const clock = new ClockMap();
  for (let turn = 0; turn < 200; turn += 1) expect(clock.observe(reading(turn * 1000, 1, 0.5, turn * 0.4))).toBe(true);
});
