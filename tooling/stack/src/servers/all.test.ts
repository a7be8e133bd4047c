import { describe, expect, it } from "vitest";
import { serverNames } from "../launcher/server-names.ts";
import { servers, withNeeds } from "./all.ts";

describe("withNeeds", () => {
  it("adds what the named servers need, each after what it needs", () => {
    expect(withNeeds(["supabase"]).map(({ name }) => name)).toEqual(["postgres", "postgrest", "auth", "supabase"]);
  });

  it("gives every server once when all are asked for", () => {
    expect(
      withNeeds(serverNames)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(serverNames.toSorted());
  });
});

it("no two servers ask for the same port", () => {
  const ports = Object.values(servers).flatMap(({ portNames }) => portNames);
  expect(new Set(ports).size).toBe(ports.length);
});
