import { buckets, bucketsOf, messageStates } from "@herald/campaign";
import { expect, test } from "vitest";
import { bucketChoices, doorQueryOf, queryOf, readAddress } from "./list-address.ts";

test("every bucket of the ledger can be filtered by", () => {
  expect([...bucketChoices].toSorted()).toEqual([...buckets].toSorted());
});

test("an address leads to itself", () => {
  const address = { buckets: ["failed", "delivered"], reason: "CONTACT", code: "131026", search: "Ana +1 (555)" } as const;
  const query = queryOf(address);
  expect(readAddress(Object.fromEntries(new URLSearchParams(query)))).toEqual(address);
  expect(queryOf(readAddress({}))).toBe("");
});

test("what nobody could have chosen is as none, and a code may come as the reason", () => {
  expect(readAddress({ bucket: "failed,nonsense", reason: "<b>", code: "' or 1=1" })).toEqual({
    buckets: ["failed"],
    reason: null,
    code: null,
    search: "",
  });
  expect(readAddress({ state: "failed", reason: "131026" })).toMatchObject({ buckets: ["failed"], reason: null, code: "131026" });
});

test("a link to a state opens all its buckets, as the ledger has them", () => {
  for (const state of messageStates) expect([...readAddress({ state }).buckets].toSorted()).toEqual([...bucketsOf(state)].toSorted());
});

test("the door is asked the same, page by page", () => {
  const address = readAddress({ bucket: "skipped", q: "ana" });
  expect(doorQueryOf(address, { after: null, limit: 100 })).toBe("?limit=100&bucket=skipped&search=ana");
  expect(doorQueryOf(address, { after: "x", limit: 5 })).toContain("after=x");
});
