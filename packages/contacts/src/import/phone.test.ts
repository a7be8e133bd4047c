import fc from "fast-check";
import { expect, test } from "vitest";
import { readPhoneNumber } from "./phone.ts";

test.each(["abc", "#N/A", "n/a", "-", "+", "00", "+00", "0", "()", "+9991234567890", "+4900", "12"])(
  "the cell %j is refused as no phone number, and breaks nothing",
  (cell) => {
    expect(readPhoneNumber(cell, "DE")).toMatchObject({ ok: false, error: { code: "not_a_phone_number" } });
  },
);

test.each([
  ["", "DE", "no_phone"],
  ["   ", null, "no_phone"],
  ["0301234567", null, "no_country"],
  ["4.93012E+11", "DE", "mangled_by_spreadsheet"],
  ["+49 30 1234567 ext. 5", null, "has_extension"],
])("the cell %j with the country %s is refused: %s", (cell, country, code) => {
  expect(readPhoneNumber(cell, country)).toMatchObject({ ok: false, error: { code } });
});

const anyCell = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom("+", "00", "4930", "1", "٠", "(", ")", "-", "/", " ", ";ext=", ";phone-context=", "x", "'", "E+"),
    maxLength: 40,
  }),
);
test("whatever a cell holds, it is read as a number in E.164 or refused, never thrown", () => {
  fc.assert(
    fc.property(anyCell, fc.constantFrom("DE", "AE", "US", "XX", "", null), (cell, country) => {
      const read = readPhoneNumber(cell, country);
      expect(read.ok ? read.value.e164 : "+0000").toMatch(/^\+\d{4,17}$/);
    }),
    { numRuns: 2000 },
  );
});
