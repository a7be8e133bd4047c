import { expect, test } from "vitest";
import { seed } from "./seed.ts";

test("the shop with its public password is never seeded into somebody's real project", async () => {
  const settings = { OWNER_DATABASE_URL: "postgres://postgres@db.project.supabase.co/postgres", SUPABASE_URL: "http://127.0.0.1:54321" };
  await expect(seed(settings)).rejects.toThrow("OWNER_DATABASE_URL names another machine");
  await expect(seed({ OWNER_DATABASE_URL: "postgres://127.0.0.1:1/x", SUPABASE_URL: "https://project.supabase.co" })).rejects.toThrow(
    "SUPABASE_URL names another machine",
  );
});
