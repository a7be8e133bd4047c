import type { AttemptRef } from "@herald/campaign";
import { createSigner } from "@herald/sealing";
import { expect, test } from "vitest";
import { createOpaqueIds } from "./opaque-ids.ts";

const signer = createSigner(new Uint8Array(32).fill(1));
const older = createSigner(new Uint8Array(32).fill(2));
const ids = createOpaqueIds(signer);
const ref = { campaignId: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", messageId: "9223372036854775807", attempt: 99 } as AttemptRef;

test("an opaque id comes back as the attempt it names, and fits into what a provider echoes", () => {
  expect(ids.decode(ids.encode(ref))).toEqual(ref);
  expect(ids.encode(ref)).toMatch(/^v1\.[0-9a-f-]{36}\.\d{1,19}\.99\.[\w-]{12}$/);
  expect(ids.encode(ref).length).toBeLessThanOrEqual(512);
});

test("what was altered, invented or cut is nobody's attempt", () => {
  const good = ids.encode(ref);
  for (const bad of [
    "",
    "v1",
    good.slice(0, -1),
    `${good}.x`,
    good.replace(".99.", ".98."),
    good.replace("v1", "v2"),
    createOpaqueIds(older).encode(ref),
  ])
    expect(ids.decode(bad)).toBeNull();
});

test("a receipt for what an older key signed is still ours", () => {
  expect(createOpaqueIds(signer, [older]).decode(createOpaqueIds(older).encode(ref))).toEqual(ref);
});
