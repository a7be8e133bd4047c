import { expect, test } from "vitest";
import { dutiesOf, roleOf } from "./roles.ts";

test("a role is named on the command line in both spellings, and nothing else is one", () => {
  expect(roleOf(["--role", "dispatch"])).toBe("dispatch");
  expect(roleOf(["--role=all"])).toBe("all");
  for (const args of [[], ["--role"], ["--role", "sender"], ["dispatch"]]) expect(roleOf(args)).toBeNull();
});

test("all does what the three do", () => expect(dutiesOf("all")).toEqual(["workflows", "dispatch", "background"]));
