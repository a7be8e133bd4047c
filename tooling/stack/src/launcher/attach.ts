import path from "node:path";
import { isAlive } from "../processes/identity.ts";
import { statePaths } from "../processes/paths.ts";
import { lockHolder } from "./lock.ts";
import type { Settings } from "./server.ts";
import { readSettings } from "./settings-file.ts";

export interface AttachedStack {
  readonly stateDir: string;
  readonly settings: Settings;
}

/** Settings of a stack that another process has booted on this state folder. Throws when none is up there. */
export function attach(stateDir: string): AttachedStack {
  const folder = path.resolve(stateDir);
  const holder = lockHolder(statePaths.lock(folder));
  const settings = readSettings(folder);
  if (!holder || !isAlive(holder) || !settings) throw new Error(`no stack is up on ${folder}`);
  return { stateDir: folder, settings };
}
