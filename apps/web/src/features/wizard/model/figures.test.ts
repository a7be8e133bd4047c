import { expect, test } from "vitest";
import type { Figures } from "./draft-content.ts";
import { figuresOf, leftOut } from "./figures.ts";

const figures: Figures = {
  matched: 5000,
  eligible: 4812,
  excluded: [
    { reason: "no_consent", count: 180 },
    { reason: "opted_out", count: 8 },
  ],
};

test("chosen less left out is who receives it", () => {
  expect(leftOut(figures)).toBe(188);
  expect(figuresOf(Object.assign({ first: [] }, figures))).toEqual(figures);
});
