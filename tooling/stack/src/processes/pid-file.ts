import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { ProcessRef } from "./identity.ts";
import { ensureFolder, statePaths } from "./paths.ts";

/** What is kept of each child on disk, so that a launcher started after a crash can end what the dead one left behind. */
export interface PidRecord extends ProcessRef {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
  readonly startedAtMs: number;
}

export function writePidFile(stateDir: string, record: PidRecord): void {
  ensureFolder(statePaths.pids(stateDir));
  writeFileSync(statePaths.pid(stateDir, record.name), `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
}

export function removePidFile(stateDir: string, name: string): void {
  rmSync(statePaths.pid(stateDir, name), { force: true });
}

/** All records of a state folder, the youngest process first: what was started last ends first. */
export function readPidFiles(stateDir: string): PidRecord[] {
  const folder = statePaths.pids(stateDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => readRecord(statePaths.pid(stateDir, file.slice(0, -".json".length))))
    .toSorted((a, b) => b.startedAtMs - a.startedAtMs);
}

function readRecord(file: string): PidRecord[] {
  try {
    return [JSON.parse(readFileSync(file, "utf8")) as PidRecord];
  } catch {
    return []; // half-written by a launcher that died: the process it was meant for never got past its spawn
  }
}
