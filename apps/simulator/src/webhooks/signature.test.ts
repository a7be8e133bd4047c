import { expect, it } from "vitest";
import { signatureOf, toWireBytes } from "./signature.ts";

it("writes unicode as Meta does: escaped, in lower-case hexadecimal, surrogates one by one", () => {
  expect(toWireBytes({ name: "äÖ 🎉" }).toString()).toBe('{"name":"\\u00e4\\u00d6 \\ud83c\\udf89"}');
});

it("signs with HMAC-SHA256 (RFC 4231, test case 2)", () => {
  const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  expect(signatureOf(Buffer.from("what do ya want for nothing?"), "Jefe")).toBe(`sha256=${expected}`);
});
