import { expect, test } from "vitest";
import { sum, tallyLine, tallyOf, type VitestReport } from "./tally.ts";

const GREEN: VitestReport = {
  success: true,
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: "passed", assertionResults: [{ status: "passed" }, { status: "passed" }] }],
};

test("a green suite counts its tests", () => {
  expect(tallyOf(GREEN, 0)).toEqual({ passed: 2, failed: 0 });
});

test.each([
  [
    "a failed test",
    { ...GREEN, success: false, numFailedTests: 1, testResults: [{ status: "failed", assertionResults: [{ status: "failed" }] }] },
    1,
  ],
  ["a skipped test", { ...GREEN, numPendingTests: 1 }, 0],
  ["a test to be written", { ...GREEN, numTodoTests: 1 }, 0],
  ["a file that broke before its first test", { ...GREEN, success: false, testResults: [{ status: "failed", assertionResults: [] }] }, 1],
  ["an error outside tests", { ...GREEN, success: false }, 1],
  ["a set-up that broke after the report", GREEN, 1],
  ["a suite in which nothing ran", { ...GREEN, numPassedTests: 0, testResults: [] }, 0],
  ["no report at all", undefined, 1],
])("%s counts as one failure", (_, report, exitCode) => {
  expect(tallyOf(report, exitCode).failed).toBe(1);
});

test("the last line sums all suites", () => {
  expect(
    tallyLine(
      sum([
        { passed: 2, failed: 0 },
        { passed: 1, failed: 3 },
      ]),
    ),
  ).toBe("3 passed, 3 failed");
});
