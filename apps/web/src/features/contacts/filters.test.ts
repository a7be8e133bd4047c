import { expect, test } from "vitest";
import { isFiltered, queryOf, withFilter } from "./filters.ts";
import { readFilters } from "./read-filters.ts";
import { placeOf, queryOfPlace } from "./read-timeline.ts";

test("a filter survives its address, whatever order its members came in", () => {
  const filters = { tag: "vip & more", search: "Inês", consent: "granted" };
  expect(queryOf(filters)).toBe("?search=In%C3%AAs&tag=vip+%26+more&consent=granted");
  expect(readFilters(Object.fromEntries(new URLSearchParams(queryOf(filters))))).toEqual(filters);
  expect(queryOf({})).toBe("");
});

test("what an address misspells is left out, and the rest holds", () => {
  expect(readFilters({ consent: "maybe", list: "1", country: "de", tag: ["a", "b"], search: "  ", status: "deleted", other: "x" })).toEqual(
    {
      country: "de",
      status: "deleted",
    },
  );
});

test("a filter is set, replaced and cleared", () => {
  expect(withFilter({ tag: "a" }, "country", "AE")).toEqual({ tag: "a", country: "AE" });
  expect(withFilter({ tag: "a" }, "tag", undefined)).toEqual({});
  expect(withFilter({ search: "a" }, "search", "")).toEqual({});
  expect([isFiltered({}), isFiltered({ tag: "a" })]).toEqual([false, true]);
});

test("a place in a timeline survives its address; a misspelt one is the beginning", () => {
  const place = { isOldestFirst: true, last: { at: "2026-11-21T20:31:26.073123+00:00", key: "20:5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0001" } };
  expect(placeOf(Object.fromEntries(new URLSearchParams(queryOfPlace(place))))).toEqual(place);
  expect(placeOf({ last: "x~y" })).toEqual({ isOldestFirst: false, last: null });
  expect(queryOfPlace({ isOldestFirst: false, last: null })).toBe("?");
});

test("a page of the timeline after a day that no calendar has is its first page", () => {
  expect(placeOf({ last: "2026-02-28T10:00:00Z~1a" }).last).toEqual({ at: "2026-02-28T10:00:00Z", key: "1a" });
  for (const at of ["2026-02-31T10:00:00Z", "2026-11-21T25:00:00Z", "0000-01-01T00:00:00Z"])
    expect(placeOf({ last: `${at}~1a` }).last).toBeNull();
});
