import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security.ts";

test("scripts need the nonce of their page, nobody frames us, and only our realtime is talked to", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", realtimeOrigin: "wss://ws-eu.example:443", isDevelopment: false });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("connect-src 'self' wss://ws-eu.example:443;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
});
