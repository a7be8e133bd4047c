import { expect, test } from "vitest";
import { createSealer, createSigner, deriveKey, SealBroken } from "./index.ts";

const key = deriveKey(new Uint8Array(32).fill(7), "redis-chunk");
const plain = new TextEncoder().encode("what is sent lies in frozen chunks");

test("sealed data opens with its key and context, and with nothing else", () => {
  const sealer = createSealer({ currentKeyId: "k1", keysById: { k1: key } });
  const sealed = sealer.seal(plain, "chunk:1");
  expect(Buffer.from(sealed).includes(Buffer.from(plain))).toBe(false);
  expect(Buffer.from(sealer.open(sealed, "chunk:1"))).toEqual(Buffer.from(plain));
  expect(() => sealer.open(sealed, "chunk:2")).toThrow(SealBroken);
  const altered = Uint8Array.from(sealed, (byte, index) => (index === sealed.length - 20 ? byte ^ 1 : byte));
  expect(() => sealer.open(altered, "chunk:1")).toThrow(SealBroken);
  expect(() => sealer.open(plain, "chunk:1")).toThrow(SealBroken);
});

test("a rotated key still opens what the old key sealed", () => {
  const old = createSealer({ currentKeyId: "k1", keysById: { k1: key } });
  const rotated = createSealer({ currentKeyId: "k2", keysById: { k1: key, k2: deriveKey(key, "access-token") } });
  expect(Buffer.from(rotated.open(old.seal(plain, "c"), "c"))).toEqual(Buffer.from(plain));
  expect(() => old.open(rotated.seal(plain, "c"), "c")).toThrow('no sealing key "k2"');
});

test("a mac proves the text and refuses any other", () => {
  const signer = createSigner(key);
  expect(signer.isValid("v1.a.1.1", signer.mac("v1.a.1.1"))).toBe(true);
  expect(signer.isValid("v1.a.1.2", signer.mac("v1.a.1.1"))).toBe(false);
  expect(signer.isValid("v1.a.1.1", "")).toBe(false);
});
