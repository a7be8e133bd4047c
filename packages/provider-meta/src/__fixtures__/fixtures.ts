import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./", import.meta.url);

/** The bytes of one recorded body, by its path in this folder without `.json`. */
export const fixture = (path: string): string => readFileSync(new URL(`${path}.json`, folder), "utf8");

export const fixtureNames = (kind: "answers" | "webhooks"): readonly string[] =>
  readdirSync(new URL(`${kind}/`, folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .toSorted();
