import { expect, test } from "vitest";
import { isOwnPath, signInPath } from "./sign-in-path.ts";

test("a visitor without a session is led back to the screen that was asked for", () => {
  expect(signInPath("/panel/w/1/campaigns?status=sent")).toBe("/sign-in?next=%2Fpanel%2Fw%2F1%2Fcampaigns%3Fstatus%3Dsent");
  expect(signInPath(null)).toBe("/sign-in");
});

test.each([
  "//elsewhere.example",
  "https://elsewhere.example",
  "/\\elsewhere.example",
  "/panel\\..\\x",
  "/api/auth/sign-out",
  "/panelx",
  "/panel/..//elsewhere.example",
  "/panel/../api/auth/sign-out",
])("nobody is led out of the house: %s", (path) => {
  expect(isOwnPath(path)).toBe(false);
  expect(signInPath(path)).toBe("/sign-in");
});
