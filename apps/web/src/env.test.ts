import { expect, test } from "vitest";
import { EnvironmentIncomplete, parseEnv } from "./env.ts";

const secretKey = Buffer.alloc(32, 7).toString("base64");
const complete = {
  HERALD_SECRET_KEY: secretKey,
  SUPABASE_URL: "http://127.0.0.1:54321",
  SUPABASE_ANON_KEY: "anon",
  VERBS_DATABASE_URL: "postgresql://herald_verbs:pw@127.0.0.1/postgres",
  DOOR_DATABASE_URL: "postgresql://herald_door:pw@127.0.0.1/postgres",
  WHATSAPP_APP_SECRET: "0123456789abcdef",
  WHATSAPP_VERIFY_TOKEN: "fedcba9876543210",
};
const problemsOf = (source: Readonly<Record<string, string>>): string => {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentIncomplete) return error.message;
    throw error;
  }
  return "";
};

test("Temporal, Redis and Pusher may be left out, an empty value counts as left out", () => {
  expect(parseEnv({ ...complete, TEMPORAL_ADDRESS: "", PUSHER_KEY: "" })).toMatchObject({
    PUSHER_PORT: 443,
    HERALD_PUBLIC_URL: "http://127.0.0.1:3000",
  });
});

test("everything that is missing or wrong is told at once, by name and without its value", () => {
  const message = problemsOf({
    ...complete,
    SUPABASE_URL: "",
    DOOR_DATABASE_URL: "",
    HERALD_SECRET_KEY: "hunter2",
    WHATSAPP_APP_SECRET: "short-secret",
    UPSTASH_REDIS_REST_URL: "http://127.0.0.1:1",
  });
  for (const name of [
    "SUPABASE_URL: missing",
    "DOOR_DATABASE_URL: missing",
    "HERALD_SECRET_KEY: ",
    "WHATSAPP_APP_SECRET: ",
    "UPSTASH_REDIS_REST_TOKEN: missing",
  ]) {
    expect(message).toContain(name);
  }
  expect(message).not.toMatch(/hunter2|short-secret/);
});

test("production refuses the secrets of a development environment, also inside base64", () => {
  const development = {
    ...complete,
    WHATSAPP_APP_SECRET: "development-only-secret",
    HERALD_SECRET_KEY: Buffer.from("development-only-development-onl").toString("base64"),
  };
  expect(problemsOf({ ...development, NODE_ENV: "development" })).toBe("");
  const message = problemsOf({ ...development, NODE_ENV: "production" });
  expect(message).toContain("WHATSAPP_APP_SECRET: is a secret for development");
  expect(message).toContain("HERALD_SECRET_KEY: is a secret for development");
  expect(problemsOf({ ...complete, NODE_ENV: "production" })).toBe("");
});

test("older keys are read as id and key, and a wrong one is refused", () => {
  expect(parseEnv({ ...complete, HERALD_PREVIOUS_SECRET_KEYS: `k0=${secretKey}` }).HERALD_PREVIOUS_SECRET_KEYS).toEqual({ k0: secretKey });
  expect(problemsOf({ ...complete, HERALD_PREVIOUS_SECRET_KEYS: "k0=short" })).toContain("HERALD_PREVIOUS_SECRET_KEYS");
});
