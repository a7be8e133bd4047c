import type { Address } from "@herald/kernel";
import { expect, test } from "vitest";
import type { SkipReason } from "../ledger/message-state.ts";
import { aPerson } from "../testing/fake-ctx.ts";
import type { Candidate } from "./audience.ts";
import { exclusionOf } from "./exclude.ts";

const phone = (value: string): Address => ({ channel: "whatsapp", kind: "phone", value });
const bsuid = (value: string): Address => ({ channel: "whatsapp", kind: "bsuid", value });
const marketing = { category: "MARKETING" } as const;
const utility = { category: "UTILITY" } as const;
const authentication = { category: "AUTHENTICATION" } as const;

test.each<[string, Partial<Candidate>, SkipReason | null, SkipReason | null]>([
  ["a person with consent", {}, null, null],
  ["inactive", { isActive: false }, "contact_inactive", "contact_inactive"],
  ["without an address", { address: null }, "no_address", "no_address"],
  ["suppressed for all", { suppression: "all" }, "suppressed", "suppressed"],
  ["suppressed for marketing", { suppression: "marketing" }, "opted_out", null],
  ["consent withdrawn", { marketingConsent: "withdrawn" }, "opted_out", null],
  ["consent never given", { marketingConsent: null }, "no_consent", null],
  ["had marketing lately", { isWithinFrequencyCap: true }, "frequency_cap", null],
  ["unknown to us", { isKnown: false }, null, "not_in_history"],
  ["a US number", { address: phone("+12125550100") }, "us_marketing", null],
])("%s: marketing %s %s, other categories %s", (_case, change, forMarketing, forOthers) => {
  expect(exclusionOf(aPerson(1, change), marketing)).toBe(forMarketing);
  expect(exclusionOf(aPerson(1, change), utility)).toBe(forOthers);
  expect(exclusionOf(aPerson(1, change), authentication)).toBe(forOthers);
});

test("of several reasons the most binding is told", () => {
  const order: readonly [Partial<Candidate>, SkipReason][] = [
    [{ isActive: false }, "contact_inactive"],
    [{ address: null }, "no_address"],
    [{ suppression: "all" }, "suppressed"],
    [{ marketingConsent: "withdrawn" }, "opted_out"],
    [{ marketingConsent: null }, "no_consent"],
    [{ address: phone("+12125550100") }, "us_marketing"],
    [{ isWithinFrequencyCap: true }, "frequency_cap"],
  ];
  for (const [at, [, reason]] of order.entries()) {
    // later ones first, so that each change of the same field is overwritten by the more binding one
    const person = aPerson(
      1,
      Object.assign(
        {},
        ...order
          .slice(at)
          .toReversed()
          .map(([change]) => change),
      ),
    );
    expect(exclusionOf(person, marketing)).toBe(reason);
  }
});

test.each([
  ["+12125550100", "New York"],
  ["+17875550100", "Puerto Rico"],
  ["+16715550100", "Guam"],
  ["+18005550100", "toll free"],
])("%s (%s) counts as a number of the United States", (value) => {
  expect(exclusionOf(aPerson(1, { address: phone(value) }), marketing)).toBe("us_marketing");
});

test.each([
  ["+16045550100", "Vancouver"],
  ["+14165550100", "Toronto"],
  ["+18765550100", "Jamaica"],
  ["+18095550100", "Dominican Republic"],
  ["+12425550100", "Bahamas"],
  ["+14415550100", "Bermuda"],
  ["+447700900123", "United Kingdom"],
  ["+521234567890", "Mexico"],
])("%s (%s) does not", (value) => {
  expect(exclusionOf(aPerson(1, { address: phone(value) }), marketing)).toBeNull();
});

test("a BSUID tells its country as a number does", () => {
  expect(exclusionOf(aPerson(1, { address: bsuid("US.13491208655302741918") }), marketing)).toBe("us_marketing");
  expect(exclusionOf(aPerson(1, { address: bsuid("PE.13491208655302741918") }), marketing)).toBeNull();
  expect(exclusionOf(aPerson(1, { address: bsuid("US.13491208655302741918") }), utility)).toBeNull();
});
