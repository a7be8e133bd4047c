import { expect, it } from "vitest";
import { assertNode } from "./node-version.ts";

it("Node older than 24 is refused with the way to get the right one", () => {
  expect(() => assertNode("22.18.0")).toThrow(/needs Node 24 or later, this is 22\.18\.0 .*pnpm@12\.21\.0 install/);
  for (const version of ["24.0.0", "25.1.0"]) expect(() => assertNode(version)).not.toThrow();
});
