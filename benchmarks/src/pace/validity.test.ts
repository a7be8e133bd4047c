import { expect, test } from "vitest";
import { isPunctual, whyInvalid } from "./validity.ts";

const sound = { simLoopLagMaxMs: 10, warmUpLagMaxMs: 10, seconds: 30, dueRowsAtEnd: 100_000, isProfiled: false };

test("a run of 30 s with a punctual simulator and 100,000 due rows left counts", () => {
  expect(whyInvalid(sound)).toEqual([]);
});

test.each([
  [{ simLoopLagMaxMs: 10.1 }, "10.1 ms late"],
  [{ warmUpLagMaxMs: 10.1 }, "10.1 ms late"],
  [{ seconds: 29.9 }, "less than 30 s"],
  [{ dueRowsAtEnd: 99_999 }, "99999 due rows"],
  [{ isProfiled: true }, "profiled"],
])("%j does not count, and says why", (change, words) => {
  expect(whyInvalid({ ...sound, ...change })).toEqual([expect.stringContaining(words)]);
});

test("only a late simulator is a reason to run again", () => {
  expect(isPunctual({ simLoopLagMaxMs: 10, warmUpLagMaxMs: 10 })).toBe(true);
  expect(isPunctual({ simLoopLagMaxMs: 10.1, warmUpLagMaxMs: 0 })).toBe(false);
});
