import { expect, test } from "vitest";
import type { RecipientRow } from "./recipient-row.ts";
import { merged } from "./use-recipients.client.ts";

const row = (number: number, change: Partial<RecipientRow> = {}): RecipientRow => ({
  messageId: String(number),
  contactId: `00000000-0000-4000-8000-00000000000${number}`,
  displayName: "Ana",
  address: null,
  state: "queued",
  receipt: null,
  reason: null,
  class: null,
  code: null,
  verdict: "waiting",
  nextAt: null,
  changedAt: "2026-11-21T14:00:00.000Z",
  ...change,
});
const later = "2026-11-21T14:00:01.000Z";

test("rows in sight are renewed where they stand, and the others are the same objects", () => {
  const before = [row(1), row(2), row(3)];
  const after = merged(before, [row(2, { state: "accepted", verdict: "accepted", changedAt: later })]);
  expect(after.map(({ messageId, state }) => `${messageId} ${state}`)).toEqual(["1 queued", "2 accepted", "3 queued"]);
  expect(after[0]).toBe(before[0]);
});

test("where nothing changed the list is the same list", () => {
  const before = [row(1), row(2)];
  expect(merged(before, [row(1), row(2)])).toBe(before);
  expect(merged(before, [])).toBe(before);
});

test("who comes to fit appears in the order of the list", () => {
  expect(merged([row(1), row(3)], [row(2)]).map(({ messageId }) => messageId)).toEqual(["1", "2", "3"]);
});
