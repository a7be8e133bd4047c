import { expect, test } from "vitest";
import type { Failure } from "./failures.ts";
import { problemOf } from "./problem.ts";

const failures: readonly (readonly [Failure, number])[] = [
  [{ type: "unauthenticated" }, 401],
  [{ type: "not_allowed", action: "campaign.send" }, 403],
  [{ type: "not_found", resource: "campaign" }, 404],
  [{ type: "wrong_status", status: "partially_sent", action: "pause" }, 409],
  [{ type: "idempotency_in_progress" }, 409],
  [{ type: "no_such_address", method: "GET" }, 404],
  [{ type: "gone", wayToGo: "Over there." }, 410],
  [{ type: "import_too_large", limit: "rows", max: 200_000, lineNo: 200_002 }, 413],
  [{ type: "nobody_eligible", matched: 3, excluded: [{ reason: "no_consent", count: 3 }] }, 422],
  [{ type: "malformed_csv", lineNo: 7, reason: "A quote is never closed.", cure: "Close it." }, 422],
  [{ type: "not_configured", parts: ["temporal"] }, 503],
];

test.each(failures)("%j becomes a problem of RFC 9457 with its own status, words and facts", (failure, status) => {
  const problem = problemOf(failure, "request-1");
  expect(problem).toMatchObject({ type: `urn:herald:problem:${failure.type}`, status, requestId: "request-1" });
  expect([problem.title, problem.detail].every((words) => words.length > 3)).toBe(true);
});

test("a fact never takes the place of a member that the standard names", () => {
  expect(problemOf({ type: "wrong_status", status: "paused", action: "pause" }, "r")).toMatchObject({
    status: 409,
    campaignStatus: "paused",
  });
});

test.each([
  ["partially_sent", "It has ended"],
  ["cancelled", "It has ended"],
  ["scheduled", "It does not send yet"],
  ["sending", "It is being cancelled"],
] as const)("a campaign that is %s says what is left to do: %s", (status, words) => {
  expect(problemOf({ type: "wrong_status", status, action: "resume" }, "r").cure).toMatch(words);
});

test("an audience that matches nobody is told apart from one that may not be written to", () => {
  expect(problemOf({ type: "nobody_eligible", matched: 0, excluded: [] }, "r").detail).toBe("Nobody was chosen.");
});
