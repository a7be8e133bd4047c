import { existsSync } from "node:fs";
import path from "node:path";
import { isAlive, type ProcessRef } from "../processes/identity.ts";
import { statePaths } from "../processes/paths.ts";
import { reapOrphans } from "../processes/reap.ts";
import { waitFor } from "../processes/wait.ts";
import { acquireLock, lockHolder } from "./lock.ts";
import { removeSettings } from "./settings-file.ts";

const launcherTimeoutMs = 90_000;

export interface StopOutcome {
  /** The launcher that was asked to end, if one ran. */
  readonly launcherPid: number | undefined;
  /** Processes that had no launcher any more. */
  readonly reaped: readonly string[];
}

/** Ends a running stack: asks its launcher, waits for it, then ends whatever is left in the folder. */
export async function stopStack(stateDir: string): Promise<StopOutcome> {
  const folder = path.resolve(stateDir);
  if (!existsSync(folder)) return { launcherPid: undefined, reaped: [] };
  const holder = lockHolder(statePaths.lock(folder));
  const launcher = holder && isAlive(holder) ? holder : undefined;
  if (launcher?.pid === process.pid) throw new Error("this process is the launcher itself: end it with the stack's own stop()");
  if (launcher) await endLauncher(launcher);
  const lock = acquireLock(statePaths.lock(folder));
  try {
    removeSettings(folder);
    return { launcherPid: launcher?.pid, reaped: await reapOrphans(folder) };
  } finally {
    lock.release();
  }
}

/** Only the launcher itself gets the signal: it may share its group with the shell or test runner that started it. */
async function endLauncher(launcher: ProcessRef): Promise<void> {
  process.kill(launcher.pid, "SIGTERM");
  await waitFor(`the launcher (pid ${launcher.pid}) to end`, launcherTimeoutMs, () => !isAlive(launcher));
}
