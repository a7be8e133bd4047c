import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { PortfolioWindow } from "./portfolio-window.ts";

const windowMs = 24 * 60 * 60 * 1000;

describe("the portfolio's window", () => {
  it("counts a user once, whatever number writes, until a full window after the last delivery", () => {
    const window = new PortfolioWindow();
    window.take("US.1", 100 + windowMs, 0);
    window.take("US.1", 5000 + windowMs, 1000);
    window.take("US.2", 200 + windowMs, 1000);
    expect(window.countAt(windowMs + 199)).toBe(2);
    expect(window.countAt(windowMs + 200)).toBe(1);
    expect(window.countAt(windowMs + 4999)).toBe(1);
    expect(window.countAt(windowMs + 5000)).toBe(0);
    expect(window.maxCounted).toBe(2);
  });

  it("has room for a user who already holds a place when it has none for others", () => {
    const window = new PortfolioWindow();
    window.take("US.1", windowMs, 0);
    expect(window.hasRoom("US.1", 1, 10)).toBe(true);
    expect(window.hasRoom("US.2", 1, 10)).toBe(false);
    expect(window.hasRoom("US.2", 1, windowMs)).toBe(true);
  });

  it("never lets more users through than its limit, in any window, against a count by brute force", () => {
    const random = seededRandom(11);
    const window = new PortfolioWindow();
    const until = new Map<string, number>();
    let [atMs, refused] = [0, 0];
    for (let index = 0; index < 5000; index += 1) {
      atMs += random() * 100;
      const userId = `US.${Math.floor(random() * 400)}`;
      const holding = [...until].filter(([, untilMs]) => untilMs > atMs);
      const hasRoom = holding.length < 50 || holding.some(([holder]) => holder === userId);
      expect(window.hasRoom(userId, 50, atMs)).toBe(hasRoom);
      if (!hasRoom) {
        refused += 1;
        continue;
      }
      const untilMs = atMs + random() * 500 + 5000;
      window.take(userId, untilMs, atMs);
      until.set(userId, Math.max(untilMs, until.get(userId) ?? 0));
    }
    expect(window.maxCounted).toBe(50);
    expect(refused).toBeGreaterThan(100);
  });

  it("keeps the place of a held message until it is released or dropped", () => {
    const window = new PortfolioWindow();
    window.take("US.1", Number.POSITIVE_INFINITY, 0);
    window.take("US.2", Number.POSITIVE_INFINITY, 0);
    expect(window.countAt(10 * windowMs)).toBe(2);
    window.free("US.1");
    window.take("US.2", 50 + windowMs, 50);
    expect([window.countAt(60), window.countAt(50 + windowMs)]).toEqual([1, 0]);
  });

  it("knows how many of its users were delivered to already", () => {
    const window = new PortfolioWindow();
    window.take("US.1", 100 + windowMs, 0);
    window.take("US.2", 900 + windowMs, 0);
    expect(window.deliveredAt(500, windowMs)).toBe(1);
  });
});
