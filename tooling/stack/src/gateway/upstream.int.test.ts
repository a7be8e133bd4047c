import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Stack } from "../launcher/stack.ts";
import { ownStack, setting, temporaryStateDir } from "../testing/test-stack.ts";

const folder = temporaryStateDir();
let stack: Stack;

beforeAll(async () => {
  stack = await ownStack(folder.stateDir, ["upstash"]);
}, 120_000);

afterAll(async () => {
  await stack?.stop();
  folder.remove();
}, 60_000);

it("while Valkey is away the gateway answers with an error, and afterwards with what Valkey had kept", async () => {
  const redis = new Redis({
    url: setting(stack.settings, "UPSTASH_REDIS_REST_URL"),
    token: setting(stack.settings, "UPSTASH_REDIS_REST_TOKEN"),
    retry: { retries: 0 },
  });
  await redis.set("kept", "yes");
  await stack.kill("valkey", "SIGTERM");
  await expect(redis.get("kept")).rejects.toThrow(/ERR/);
  await stack.restart("valkey");
  expect(await redis.get("kept")).toBe("yes");
});
