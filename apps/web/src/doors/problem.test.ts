import { parseContactId } from "@herald/kernel";
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
  ["scheduled", "POST …/schedule"],
  ["draft", "It does not send yet: cancel it"],
  ["sending", "It is being cancelled"],
] as const)("a campaign that is %s says what is left to do: %s", (status, words) => {
  expect(problemOf({ type: "wrong_status", status, action: "resume" }, "r").cure).toMatch(words);
});

test.each([
  ["sending", "Its start is behind it"],
  ["scheduled", "It is being cancelled"],
  ["sent", "has ended"],
] as const)("a campaign that is %s and cannot be scheduled anew says why: %s", (status, words) => {
  expect(problemOf({ type: "wrong_status", status, action: "schedule" }, "r").cure).toMatch(words);
});

test("a resend of more than one was told of says both figures and what to do", () => {
  expect(problemOf({ type: "resend_grew", what: "unknown", expected: 1, actual: 1200 }, "r")).toMatchObject({
    status: 409,
    expected: 1,
    actual: 1200,
    detail: expect.stringMatching(/told of 1 unknown message; there are 1,200 unknown messages now/),
    cure: expect.stringMatching(/new figure/),
  });
});

test("too many recipients names the limit, whose it is, and the next step", () => {
  const problem = (limitedBy: "workspace" | "portfolio") =>
    problemOf({ type: "too_many_recipients", eligible: 12, max: 10, limitedBy }, "r");
  expect(problem("workspace")).toMatchObject({ status: 422, max: 10, limitedBy: "workspace", cure: expect.stringMatching(/Split.*raise/) });
  expect(problem("portfolio")).toMatchObject({ max: 10, limitedBy: "portfolio", detail: expect.stringContaining("10 more people today") });
});

test("a refused test names who may not be written to, and why", () => {
  const contactId = parseContactId("00000000-0000-4000-8000-000000000001");
  if (contactId === null) throw new Error("not an id");
  const refused = [{ contactId, displayName: "Ana", reason: "opted_out" as const }];
  expect(problemOf({ type: "test_refused", refused }, "r")).toMatchObject({
    status: 422,
    detail: expect.stringContaining("Ana: opted out"),
    refused,
  });
});

test("a test-send that lacks a value names the placeholder and asks for a fallback, not for other people", () => {
  const contactId = parseContactId("00000000-0000-4000-8000-000000000001");
  if (contactId === null) throw new Error("not an id");
  const missing = { contactId, displayName: "Ana", reason: "missing_variable" as const, missing: ["body.city"] };
  const optedOut = { contactId, displayName: "Bo", reason: "opted_out" as const };
  const problem = problemOf({ type: "test_refused", refused: [missing] }, "r");
  expect(problem.detail).toContain("Ana: missing variable body.city.");
  expect(problem.cure).toMatch(/^Give the variable a `fallback`[^;]*$/);
  expect(problemOf({ type: "test_refused", refused: [missing, optedOut] }, "r").cure).toMatch(/fallback.*Choose other people/);
});

test("an audience that matches nobody is told apart from one that may not be written to", () => {
  expect(problemOf({ type: "nobody_eligible", matched: 0, excluded: [] }, "r").detail).toBe("Nobody was chosen.");
});

test("what is not found is said so that it makes sense of a workspace too", () => {
  expect(problemOf({ type: "not_found", resource: "block" }, "r").detail).toBe("There is no such block in a workspace of yours.");
  expect(problemOf({ type: "not_found", resource: "workspace" }, "r").detail).toBe(
    "There is no such workspace, or you are not a member of it.",
  );
});

test("a decision that comes too early names both reasons, and a way round either", () => {
  const { detail, cure } = problemOf({ type: "overflow_unread" }, "r");
  expect(detail).toMatch(/less than 20 s ago, or answers .* wait to be read/);
  expect(cure).toMatch(/Try again in 20 seconds, or choose older ones by `messageIds`.*pause the campaign first/);
});
