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

test.each([
  `2026-02-31T10:00:00.123456Z_${sender}`,
  `2026-13-01T10:00:00.123456Z_${sender}`,
  `2026-11-21T24:00:01.000000Z_${sender}`,
  `2026-11-21T10:61:00.000000Z_${sender}`,
  `0000-00-00T00:00:00.000000Z_${sender}`,
  `0000-01-01T00:00:00.000000Z_${sender}`,
  `2026-11-21T10:00:00.123456Z_${"-".repeat(36)}`,
  `2026-11-21T10:00:00.123456Z_${sender}_`,
])("a place that no list has (%s) is its first page", (after) => {
  expect(readAddress({ after })).toEqual(everything);
});

test("a place that a list has is kept, also on the day that only a leap year has", () => {
  for (const at of ["2026-11-21T10:00:00.123456Z", "2028-02-29T23:59:59.999999Z"])
    expect(readAddress({ after: `${at}_${sender}` }).after).toBe(`${at}_${sender}`);
});

test("days that no calendar has are no bounds", () => {
  expect(readAddress({ period: "range", from: "2026-02-31", to: "2026-00-10" })).toEqual({ ...everything, period: "range" });
  expect(readAddress({ period: "range", from: "2028-02-29" }).from).toBe("2028-02-29");
});

test("an empty list is told as narrowed only when the reader narrowed it", () => {
  expect(isNarrowed(everything)).toBe(false);
  expect(isNarrowed({ ...everything, view: "live" })).toBe(false);
  expect(isNarrowed({ ...everything, search: "x" })).toBe(true);
  expect(isNarrowed({ ...everything, isTests: true })).toBe(true);
});
