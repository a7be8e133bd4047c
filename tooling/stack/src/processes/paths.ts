import { mkdirSync } from "node:fs";
import path from "node:path";

/** Where things lie in a state folder. Nothing else in the package knows the layout. */
export const statePaths = {
  lock: (stateDir: string) => path.join(stateDir, "launcher.lock"),
  state: (stateDir: string) => path.join(stateDir, "stack.json"),
  settings: (stateDir: string) => path.join(stateDir, "settings.env"),
  pids: (stateDir: string) => path.join(stateDir, "pids"),
  pid: (stateDir: string, name: string) => path.join(stateDir, "pids", `${name}.json`),
  logs: (stateDir: string) => path.join(stateDir, "logs"),
  log: (stateDir: string, name: string) => path.join(stateDir, "logs", `${name}.log`),
  data: (stateDir: string, name: string) => path.join(stateDir, "data", name),
} as const;

/** Makes the folder (owner only: it holds keys and passwords) and returns its path. */
export function ensureFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
