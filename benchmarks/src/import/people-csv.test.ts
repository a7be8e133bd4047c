import { expect, test } from "vitest";
import { peopleCsv } from "./people-csv.ts";

const linesOf = (rows: number): readonly string[] => Buffer.concat(peopleCsv(rows)).toString().trimEnd().split("\n");

test("every row has a number of its own, and every row has all columns", () => {
  const [header = "", ...lines] = linesOf(5000);
  expect(new Set(lines.map((line) => line.split(",")[0])).size).toBe(5000);
  expect(new Set(lines.map((line) => line.split(",").length))).toEqual(new Set([header.split(",").length]));
});

test("the file comes in parts, and letters of two bytes survive the seams", () => {
  expect(peopleCsv(5000).length).toBeGreaterThan(1);
  expect(linesOf(5000).join("\n")).not.toContain("\uFFFD");
});
