import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { statePaths } from "../processes/paths.ts";
import type { Settings } from "./server.ts";

/** `NAME=value` lines: read by `attach`, by `node --env-file` and by a shell. No value holds a space or a quote. */
export function writeSettings(stateDir: string, settings: Settings): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(statePaths.settings(stateDir), lines.join(""), { mode: 0o600 });
}

/** `undefined` while the stack is not up. */
export function readSettings(stateDir: string): Settings | undefined {
  const file = statePaths.settings(stateDir);
  return existsSync(file) ? (parseEnv(readFileSync(file, "utf8")) as Settings) : undefined;
}

export function removeSettings(stateDir: string): void {
  rmSync(statePaths.settings(stateDir), { force: true });
}
