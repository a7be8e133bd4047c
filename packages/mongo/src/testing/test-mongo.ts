import { randomUUID } from "node:crypto";
import { attach } from "@herald/stack";
import { createMongo, type Mongo } from "../mongo.ts";

/** The stack's MongoDB, in a database of this test file. `parameters` are added to the connection string. */
export function testMongo(parameters: Readonly<Record<string, string>> = {}): Mongo {
  return createMongo({ url: testMongoUrl(parameters) });
}

export function testMongoUrl(parameters: Readonly<Record<string, string>> = {}): string {
  const { settings } = attach(process.env["HERALD_TEST_STATE_DIR"] ?? "");
  const url = new URL(settings["MONGODB_URL"] ?? "");
  url.pathname = `/herald_${randomUUID().slice(0, 8)}`;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
