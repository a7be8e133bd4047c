import { describe, expect, it } from "vitest";
import { isUnitedStates } from "./north-america.ts";

describe("a number of the United States", () => {
  it.each(["+16505551234", "+12125551234", "+12025551234", "+19075551234", "+18085551234"])("%s is one", (e164) => {
    expect(isUnitedStates(e164)).toBe(true);
  });

  it.each([
    ["+14165551234", "Toronto"],
    ["+16045551234", "Vancouver"],
    ["+18765551234", "Jamaica"],
    ["+18095551234", "Dominican Republic"],
    ["+17875551234", "Puerto Rico"],
    ["+18005551234", "toll-free"],
    ["+5511987654321", "Brazil"],
    ["+441632960001", "United Kingdom"],
    ["+1650555", "too short"],
    ["US.13491208655302741918", "a BSUID"],
  ])("%s is none (%s)", (written) => {
    expect(isUnitedStates(written)).toBe(false);
  });
});
