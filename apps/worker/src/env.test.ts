import { expect, test } from "vitest";
import { parseEnv } from "./env.ts";

const secretKey = Buffer.alloc(32, 7).toString("base64");
const complete = {
  ENGINE_DATABASE_URL: "postgresql://herald_engine:pw@127.0.0.1:5432/postgres",
  TEMPORAL_ADDRESS: "127.0.0.1:7233",
  HERALD_SECRET_KEY: secretKey,
  MONGODB_URL: "mongodb://127.0.0.1:27017/herald",
};

test("what is not set has its default, and empty means not set", () => {
  expect(parseEnv({ ...complete, HERALD_LOG_LEVEL: "" })).toMatchObject({
    TEMPORAL_NAMESPACE: "default",
    HERALD_SECRET_KEY_ID: "k1",
    HERALD_PREVIOUS_SECRET_KEYS: {},
    HERALD_WORKER_HOST: "127.0.0.1",
    HERALD_LOG_LEVEL: "info",
    HERALD_INBOX_KEPT_DAYS: 30,
  });
});

test("one message names everything that is missing or wrong, and no value", () => {
  const given = { TEMPORAL_ADDRESS: "not an address", HERALD_SECRET_KEY: "c2hvcnQ=", PUSHER_KEY: "pusher-key" };
  const words = messageOf(() => parseEnv(given));
  for (const name of [
    "ENGINE_DATABASE_URL: missing",
    "MONGODB_URL: missing",
    "TEMPORAL_ADDRESS: host:port",
    "HERALD_SECRET_KEY: base64 of 32 bytes",
    "PUSHER_APP_ID, PUSHER_SECRET, PUSHER_HOST: missing",
  ])
    expect(words).toContain(name);
  expect(words).not.toMatch(/not an address|c2hvcnQ|pusher-key/);
});

test("production refuses secrets for development, also inside base64", () => {
  const development = Buffer.from("for-development-only-0123456789a").toString("base64");
  expect(Buffer.from(development, "base64")).toHaveLength(32);
  expect(parseEnv({ ...complete, HERALD_SECRET_KEY: development }).NODE_ENV).toBe("development");
  expect(messageOf(() => parseEnv({ ...complete, HERALD_SECRET_KEY: development, NODE_ENV: "production" }))).toContain(
    "HERALD_SECRET_KEY: is a secret for development",
  );
  expect(parseEnv({ ...complete, NODE_ENV: "production" }).NODE_ENV).toBe("production");
});

test("previous keys are read by id, and a wrong one is named", () => {
  expect(parseEnv({ ...complete, HERALD_PREVIOUS_SECRET_KEYS: `k0=${secretKey}` }).HERALD_PREVIOUS_SECRET_KEYS).toEqual({ k0: secretKey });
  expect(messageOf(() => parseEnv({ ...complete, HERALD_PREVIOUS_SECRET_KEYS: "k0=short" }))).toContain("HERALD_PREVIOUS_SECRET_KEYS");
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was accepted");
}
