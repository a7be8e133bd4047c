import { describe, expect, it } from "vitest";
import { externalParts } from "./external.ts";

describe("externalParts", () => {
  it("nothing is external by default", () => {
    expect(externalParts({ PATH: "/bin" })).toEqual({ servers: new Set(), settings: {} });
  });

  it("a server of the operator's own is left out and its settings are passed on", () => {
    const env = { MONGODB_URL: "mongodb://own", TEMPORAL_ADDRESS: "t:7233", TEMPORAL_NAMESPACE: "own" };
    expect(externalParts(env)).toEqual({ servers: new Set(["temporal", "mongo"]), settings: env });
  });

  it("a Supabase project stands for Postgres, API and auth together", () => {
    const env = Object.fromEntries(
      [
        "SUPABASE_URL",
        "SUPABASE_ANON_KEY",
        "SUPABASE_SERVICE_ROLE_KEY",
        "VERBS_DATABASE_URL",
        "DOOR_DATABASE_URL",
        "ENGINE_DATABASE_URL",
      ].map((name) => [name, "x"]),
    );
    expect(externalParts(env).servers).toEqual(new Set(["postgres", "auth", "postgrest", "supabase"]));
  });

  it("a half-given part is refused with the names of what is missing", () => {
    expect(() => externalParts({ UPSTASH_REDIS_REST_URL: "https://own", PUSHER_APP_ID: "1", PUSHER_KEY: "k" })).toThrow(
      "these variables are missing: UPSTASH_REDIS_REST_TOKEN (because UPSTASH_REDIS_REST_URL is set), PUSHER_SECRET (because PUSHER_APP_ID is set)",
    );
  });
});
