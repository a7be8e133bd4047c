import { expect, test } from "vitest";
import { everything, isNarrowed, queryOf, readAddress } from "./list-address.ts";

const sender = "00000000-0000-4000-8000-000000000001";

test("an address says the whole choice, and reads back as it was", () => {
  const address = {
    ...everything,
    view: "mine",
    status: "paused",
    senderId: sender,
    period: "range",
    from: "2026-11-01",
    to: "2026-11-07",
    search: "spring & co",
    isTests: true,
  } as const;
  const query = queryOf(address);
  expect(query).toBe(`?view=mine&status=paused&sender=${sender}&period=range&from=2026-11-01&to=2026-11-07&q=spring+%26+co&tests=1`);
  expect(readAddress(Object.fromEntries(new URLSearchParams(query)))).toEqual(address);
});

test("the usual list has no query, and a new choice begins at its first page", () => {
  expect(queryOf(everything)).toBe("");
  const second = { ...everything, after: `2026-11-21T10:00:00.123456Z_${sender}` };
  expect(queryOf(second, { status: "failed" })).toBe("?status=failed");
  expect(queryOf(second, { after: second.after })).toContain("after=2026-11-21T10");
});

test("a mistyped link opens the list all the same", () => {
  expect(
    readAddress({ view: "everything", status: ["paused", "failed"], sender: "me", period: "year", from: "yesterday", after: "1", q: "  " }),
  ).toEqual({
    ...everything,
    status: "paused",
  });
});

test("an empty list is told as narrowed only when the reader narrowed it", () => {
  expect(isNarrowed(everything)).toBe(false);
  expect(isNarrowed({ ...everything, view: "live" })).toBe(false);
  expect(isNarrowed({ ...everything, search: "x" })).toBe(true);
  expect(isNarrowed({ ...everything, isTests: true })).toBe(true);
});
