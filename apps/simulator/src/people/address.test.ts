import { describe, expect, it } from "vitest";
import { bsuidOf, isBsuid, readPhone, waIdOf } from "./address.ts";

describe("a recipient as Meta reads it", () => {
  it.each([
    ["+16505551234", "1", "+16505551234"],
    ["+1 (650) 555-1234", "1", "+16505551234"],
    ["1 (631) 555-1234", "91", "+9116315551234"],
    ["16505551234", "1", "+116505551234"],
    ["98765 43210", "91", "+919876543210"],
  ])("%s posted by a business of +%s goes to %s", (written, callingCode, read) => {
    expect(readPhone(written, callingCode)).toBe(read);
  });

  it.each(["", "+", "ana@example.com", "+12", "+1234567890123456", "wamid.x"])("%j is no number", (written) => {
    expect(readPhone(written, "1")).toBeNull();
  });
});

describe("the WhatsApp id", () => {
  it.each([
    ["+16505551234", "16505551234"],
    ["+5531987654321", "553187654321"],
    ["+5511987654321", "5511987654321"],
    ["+553133334444", "553133334444"],
    ["+525512345678", "5215512345678"],
    ["+5215512345678", "5215512345678"],
  ])("of %s is %s", (e164, waId) => {
    expect(waIdOf(e164)).toBe(waId);
  });

  it.each([
    ["add_nine", "+553187654321", "5531987654321"],
    ["add_nine", "+5531987654321", "5531987654321"],
    ["add_nine", "+553133334444", "553133334444"],
    ["keep", "+5531987654321", "5531987654321"],
  ] as const)("in Brazil, by the rule %s, of %s is %s", (brazil, e164, waId) => {
    expect(waIdOf(e164, { brazil, mexico: "keep" })).toBe(waId);
  });

  it.each([
    ["strip_one", "+5215512345678", "525512345678"],
    ["strip_one", "+525512345678", "525512345678"],
    ["keep", "+525512345678", "525512345678"],
  ] as const)("in Mexico, by the rule %s, of %s is %s", (mexico, e164, waId) => {
    expect(waIdOf(e164, { brazil: "keep", mexico })).toBe(waId);
  });
});

describe("the business-scoped user id", () => {
  it("carries the user's country, is stable, and differs between portfolios", () => {
    const first = bsuidOf("3000000000000001", "5511987654321");
    expect(first).toMatch(/^BR\.\d{17}$/);
    expect(isBsuid(first)).toBe(true);
    expect(bsuidOf("3000000000000001", "5511987654321")).toBe(first);
    expect(bsuidOf("3000000000000002", "5511987654321")).not.toBe(first);
  });
});
