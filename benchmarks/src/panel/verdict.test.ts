import { expect, test } from "vitest";
import { costOf, verdictOn } from "./verdict.ts";

const within = { lcpMs: 1200, routeJsKb: 220, inpMs: 96 };

test("a page's paint is the median of its visits, its scripts and its slowest interaction are the worst", () => {
  const visits = [
    { lcpMs: 2400, routeJsKb: 210.1, inpMs: 40 },
    { lcpMs: 700, routeJsKb: 212.4, inpMs: 184 },
    { lcpMs: 650, routeJsKb: 210.1, inpMs: 32 },
  ];
  expect(costOf(visits)).toEqual({ lcpMs: 700, routeJsKb: 212.4, inpMs: 184 });
  expect(() => costOf([])).toThrow("no values");
});

test("what is on a limit or a goal keeps it; what is above is named with its figure", () => {
  expect(verdictOn([{ page: "contacts", ...within }])).toEqual({
    pages: 1,
    failed: [],
    overLimit: [],
    missedGoals: [],
    isWithinLimits: true,
  });
  expect(verdictOn([{ page: "contacts", lcpMs: 1500, routeJsKb: 250, inpMs: 200 }])).toMatchObject({
    overLimit: [],
    missedGoals: ["contacts lcpMs 1500 > 1200", "contacts routeJsKb 250 > 220", "contacts inpMs 200 > 100"],
    isWithinLimits: true,
  });
  expect(
    verdictOn([
      { page: "why", ...within },
      { page: "contacts", ...within, inpMs: 208 },
    ]),
  ).toMatchObject({
    overLimit: ["contacts inpMs 208 > 200"],
    isWithinLimits: false,
  });
});

test("a page without figures fails the bench by its name, and so does a bench without pages", () => {
  const failed = { page: "why", failed: "“copy it for support” did not happen" };
  expect(verdictOn([{ page: "contacts", ...within }, failed])).toEqual({
    pages: 2,
    failed: ["why"],
    overLimit: [],
    missedGoals: [],
    isWithinLimits: false,
  });
  expect(verdictOn([])).toMatchObject({ isWithinLimits: false });
});
