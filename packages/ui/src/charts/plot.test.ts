import { describe, expect, it } from "vitest";
import { groundPath, roundTicks, scaleOf, smoothPath } from "./plot.ts";

it("a scale keeps both ends and the middle, also upside down", () => {
  const y = scaleOf([0, 80], [154, 20]);
  expect([y(0), y(40), y(80)]).toEqual([154, 87, 20]);
});

describe("ticks are round figures from nought on", () => {
  it.each([
    { most: 92, ticks: [0, 20, 40, 60, 80] },
    { most: 1.15, ticks: [0, 0.5, 1] },
    { most: 0.345, ticks: [0, 0.1, 0.2, 0.3] },
    { most: 1150, ticks: [0, 500, 1000] },
    { most: 11.5, ticks: [0, 5, 10] },
  ])("up to $most", ({ most, ticks }) => expect(roundTicks(most, 3)).toEqual(ticks));
});

describe("a curve", () => {
  it("goes through its spots, straight where there are two", () => {
    expect(
      smoothPath([
        [0, 9],
        [9, 0],
      ]),
    ).toBe("M0,9C3,6,6,3,9,0");
  });

  it("never shows more or less than was measured: a jump stays between its neighbours", () => {
    const path = smoothPath([
      [0, 100],
      [10, 100],
      [20, 0],
      [30, 0],
      [40, 60],
    ]);
    const heights = path
      .split(/[MC]/)
      .slice(1)
      .flatMap((part) => part.split(",").filter((_, at) => at % 2 === 1))
      .map(Number);
    expect(Math.max(...heights)).toBe(100);
    expect(Math.min(...heights)).toBe(0);
    expect(path, "flat before the jump").toContain("C3.33,100,6.67,100,10,100");
  });

  it("closes its ground on the floor; one spot or none is no defect", () => {
    expect(
      groundPath(
        [
          [0, 5],
          [10, 5],
        ],
        50,
      ),
    ).toBe("M0,5C3.33,5,6.67,5,10,5L10,50L0,50Z");
    expect(smoothPath([[3, 4]])).toBe("M3,4");
    expect(groundPath([], 50)).toBe("");
  });
});
