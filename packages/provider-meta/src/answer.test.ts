import { hours, seconds } from "@herald/kernel";
import { describe, expect, test } from "vitest";
import { fixture, fixtureNames } from "./__fixtures__/fixtures.ts";
import { readSendAnswer } from "./answer.ts";
import type { HttpAnswer } from "./http.ts";

const answered = (status: number, body: string, retryAfterMs: number | null = null): HttpAnswer => ({
  kind: "answered",
  status,
  body,
  retryAfterMs,
});
const read = (status: number, name: string, retryAfterMs: number | null = null) =>
  readSendAnswer(answered(status, fixture(`answers/${name}`), retryAfterMs));

test.each([
  [200, "accepted", { kind: "accepted", isHeld: false }],
  [200, "accepted-bsuid", { kind: "accepted", isHeld: false }],
  [200, "held-for-quality", { kind: "accepted", isHeld: true }],
  [500, "refused-1", { class: "SOON", retryAfterMs: seconds(60), maxAttempts: 3 }],
  [400, "refused-100-to-missing", { class: "ROW", retryAfterMs: null, maxAttempts: 1 }],
  [401, "refused-190", { class: "TOKEN", scope: "account" }],
  [429, "refused-130429", { class: "SOON", scope: "number", retryAfterMs: null, maxAttempts: 3 }],
  [400, "refused-131026", { class: "CONTACT", scope: "contact" }],
  [400, "refused-131042", { class: "WABA" }],
  [500, "refused-131045", { class: "NUMBER" }],
  [400, "refused-131049", { class: "HOURS", retryAfterMs: hours(24), maxAttempts: 2 }],
  [400, "refused-131056", { class: "SOON", scope: "contact", retryAfterMs: seconds(1) }],
  [500, "refused-131057", { class: "SOON", scope: "number", retryAfterMs: seconds(60) }],
  [
    400,
    "refused-132000",
    { class: "TEMPLATE", detail: "body: number of localizable_params (2) does not match the expected number of params (1)" },
  ],
  [404, "refused-132001", { class: "TEMPLATE" }],
  [400, "refused-133016", { class: "OPS", maxAttempts: 1 }],
  [500, "refused-134102", { class: "TEMPLATE", retryAfterMs: null }],
  [400, "refused-unknown-code", { class: "unclassified", code: "999999", maxAttempts: 1, retryAfterMs: null }],
] as const)("HTTP %i %s", (status, name, outcome) => {
  expect(read(status, name)).toMatchObject(outcome);
});

test.each(fixtureNames("answers").filter((name) => name.startsWith("refused-")))("%s is read as a refusal with its code", (name) => {
  expect(read(400, name)).toMatchObject({ kind: "refused", code: expect.stringMatching(/^\d+$/) });
});

describe("what is no envelope of Meta's is ambiguous", () => {
  test.each([
    ["nothing", ""],
    ["a page", "<html>bad gateway</html>"],
    ["JSON of somebody else", '{"status":"ok"}'],
    ["a gateway's error", '{"error":{"message":"upstream connect error"}}'],
    ["a gateway's words", '{"error":"internal"}'],
    ["no message id", '{"messages":[{"message_status":"accepted"}]}'],
    ["an empty list", '{"messages":[]}'],
    ["null", "null"],
    ["half an acceptance", fixture("answers/accepted").slice(0, 80)],
  ])("%s", (_what, body) => {
    for (const status of [200, 400, 429, 500, 502]) {
      expect(readSendAnswer(answered(status, body))).toMatchObject({ kind: "ambiguous", cause: "unreadable_answer" });
    }
  });
});

test("an id is proof of acceptance, whatever stands around it", () => {
  const body = '{"messages":[{"id":"wamid.x","message_status":7,"new":{}}],"error":{"code":1},"more":[]}';
  expect(readSendAnswer(answered(500, body))).toEqual({ kind: "accepted", providerMessageId: "wamid.x", isHeld: false });
});

test("a Retry-After lengthens the wait of what is retried, and never shortens it", () => {
  expect(read(429, "refused-130429", seconds(7))).toMatchObject({ retryAfterMs: seconds(7) });
  expect(read(500, "refused-1", seconds(7))).toMatchObject({ retryAfterMs: seconds(60) });
  expect(read(400, "refused-131026", seconds(7))).toMatchObject({ retryAfterMs: null });
});

test("law L12: neither a token nor a number gets into the words for the operator", () => {
  expect(read(401, "refused-190")).toMatchObject({ detail: "Malformed access token [redacted]" });
  expect(read(400, "refused-131026")).toMatchObject({ detail: expect.not.stringMatching(/555/) });
});

test("a code that comes as text is the same code", () => {
  expect(readSendAnswer(answered(400, '{"error":{"code":"130429"}}'))).toMatchObject({ class: "SOON", code: "130429" });
});
