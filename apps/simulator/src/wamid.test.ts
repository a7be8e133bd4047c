import { expect, it } from "vitest";
import { inboundWamid, outboundWamid } from "./wamid.ts";

it("a wamid has Meta's layout: it decodes to the user's number, as the documented example does", () => {
  const documented = Buffer.from("HBgLMTY0NjcwNDM1OTUVAgARGBI1RjQyNUE3NEYxMzAzMzQ5MkEA", "base64");
  const ours = Buffer.from(outboundWamid("16467043595").slice("wamid.".length), "base64");
  expect(ours.length).toBe(documented.length);
  expect(ours.subarray(0, 20)).toEqual(documented.subarray(0, 20));
  expect(ours.toString("latin1")).toContain("16467043595");
});

it("wamids never repeat, and tell direction apart", () => {
  expect(new Set(Array.from({ length: 1000 }, () => outboundWamid("1"))).size).toBe(1000);
  expect(inboundWamid("1").slice(0, 18)).not.toBe(outboundWamid("1").slice(0, 18));
});
