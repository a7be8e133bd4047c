import { afterEach, expect, test, vi } from "vitest";
import { newKey } from "./new-key.ts";

afterEach(() => vi.unstubAllGlobals());

test("a key is 32 hex digits and never the same twice, also where the page came over plain http", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const keys = Array.from({ length: 100 }, newKey);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(keys).size).toBe(keys.length);
});
