import { createSealer } from "@herald/sealing";
import { ApplicationFailure, defaultPayloadConverter, type Payload } from "@temporalio/common";
import { expect, test } from "vitest";
import { failureConverter } from "./failure-converter.ts";
import { createPayloadCodec } from "./payload-codec.ts";

const keys = (keyId: string, ...all: [string, number][]) => ({
  currentKeyId: keyId,
  keysById: Object.fromEntries(all.map(([id, byte]) => [id, new Uint8Array(32).fill(byte)])),
});
const codecOf = (given: ReturnType<typeof keys>) => createPayloadCodec(createSealer(given), given.currentKeyId);
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload<unknown>(value);
const read = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload as Payload);

test("a payload comes back as it went, and cannot be read in between", async () => {
  const codec = codecOf(keys("k1", ["k1", 1]));
  const values = [{ campaignId: "c-1", granted: 12 }, null, "", [1, 2, 3]];
  const sealed = await codec.encode(values.map(payloadOf));
  expect(JSON.stringify(sealed.map((payload) => Buffer.from(payload.data ?? []).toString("latin1")))).not.toContain("granted");
  expect(sealed.map((payload) => Buffer.from(payload.metadata?.["encryption-key-id"] ?? []).toString())).toEqual(["k1", "k1", "k1", "k1"]);
  expect((await codec.decode(sealed)).map(read)).toEqual(values);
});

test("after a rotation old payloads open, and the old key alone does not open new ones", async () => {
  const before = codecOf(keys("k1", ["k1", 1]));
  const after = codecOf(keys("k2", ["k1", 1], ["k2", 2]));
  expect((await after.decode(await before.encode([payloadOf("old")]))).map(read)).toEqual(["old"]);
  await expect(before.decode(await after.encode([payloadOf("new")]))).rejects.toThrow('no sealing key "k2"');
});

test("what nobody sealed passes, so that an operator's own tools work", async () => {
  expect(await codecOf(keys("k1", ["k1", 1])).decode([payloadOf("plain")])).toEqual([payloadOf("plain")]);
});

test("a failure's words and stack travel as a payload, not in clear", () => {
  const failure = failureConverter.errorToFailure(
    ApplicationFailure.retryable("the database is away", "Unreachable"),
    defaultPayloadConverter,
  );
  expect(failure.message).toBe("Encoded failure");
  expect(failure.stackTrace).toBe("");
  expect(read(failure.encodedAttributes as Payload)).toMatchObject({ message: "the database is away" });
});
