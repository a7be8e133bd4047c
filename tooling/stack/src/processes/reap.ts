import { isAlive } from "./identity.ts";
import { readPidFiles, removePidFile } from "./pid-file.ts";
import { stopProcess } from "./stop-process.ts";

/** Bound for one orphan to end by itself, in milliseconds. */
const graceMs = 10_000;

/**
 * Ends every process that an earlier launcher left behind in this state folder and forgets it.
 * A record whose pid now belongs to another process is only forgotten: a foreign process is never signalled.
 * @returns names of the processes that were still running
 */
export async function reapOrphans(stateDir: string): Promise<string[]> {
  const reaped: string[] = [];
  for (const record of readPidFiles(stateDir)) {
    if (isAlive(record)) {
      await stopProcess(record, record.stopSignal, graceMs);
      reaped.push(record.name);
    }
    removePidFile(stateDir, record.name);
  }
  return reaped;
}
