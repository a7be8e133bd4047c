import fc from "fast-check";
import { expect, test } from "vitest";
import { guardCell, unguardCell } from "./spreadsheet-cell.ts";

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+14165550101", "'+14165550101"],
  ["+1-416-555-0101", "'+1-416-555-0101"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1+1", "'\t=1+1"],
  ["＝1+1", "'＝1+1"],
  ["0501234567", "'0501234567"],
  ["971501234567", "'971501234567"],
  ["'=already", "''=already"],
  ["Ana", "Ana"],
  ["555-0101", "555-0101"],
  ["", ""],
  ["7", "7"],
])("a spreadsheet takes %j for text when it is written as %j", (cell, guarded) => {
  expect(guardCell(cell)).toBe(guarded);
});

const anyCell = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", "0", "9", " ", "\t", "a", "＝"), maxLength: 20 }),
);
test("no guarded cell begins like a formula, and each is read back as it was", () => {
  fc.assert(
    fc.property(anyCell, (cell) => {
      expect(guardCell(cell)).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
      expect(unguardCell(guardCell(cell))).toBe(cell);
    }),
    { numRuns: 5000 },
  );
});
