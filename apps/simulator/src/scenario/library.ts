import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "@herald/kernel";
import { type ConfigIssue, issuesOf } from "../config/config.ts";
import { type ScenarioDocument, scenarioDocument } from "./document.ts";

const folder = join(import.meta.dirname, "../../scenarios");

/** Names of the scenarios that come with the simulator. */
export const scenarioNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .toSorted();

/** A scenario by its name, or by the path of a file of one's own (anything with a slash or `.json`). */
export function readScenario(nameOrPath: string): Result<ScenarioDocument, readonly ConfigIssue[]> {
  const isPath = nameOrPath.includes("/") || nameOrPath.endsWith(".json");
  if (!isPath && !scenarioNames().includes(nameOrPath))
    return err([{ path: "name", message: `no scenario ${nameOrPath}; there are ${scenarioNames().join(", ")}` }]);
  const path = isPath ? nameOrPath : join(folder, `${nameOrPath}.json`);
  try {
    return parseScenario(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    return err([{ path: "name", message: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}` }]);
  }
}

export function parseScenario(document: unknown): Result<ScenarioDocument, readonly ConfigIssue[]> {
  const parsed = scenarioDocument.safeParse(document);
  return parsed.success ? ok(parsed.data) : err(issuesOf(parsed.error));
}
