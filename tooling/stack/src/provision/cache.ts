import { renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { acquireLock, type Lock, LockedError } from "../launcher/lock.ts";
import { ensureFolder } from "../processes/paths.ts";
import type { InstallContext } from "./tool.ts";

/** The longest installation is a build of several minutes. */
const waitForOtherMs = 15 * 60_000;

/** Outside the clone, so that one download or build serves every clone of this user. */
function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  return process.env.HERALD_CACHE_DIR || path.join(base, "herald", "servers");
}

/** Where a pinned version of a program lies once it is installed. */
export function cachedFolder(name: string): string {
  return path.join(cacheFolder(), name);
}

/**
 * Installs into the cache, all or nothing: `install` fills a draft folder, which then gets its final name in one step.
 * Launchers that want the same program at the same time wait for the first one.
 */
export async function installIntoCache(name: string, context: InstallContext, install: (draft: string) => Promise<void>): Promise<void> {
  ensureFolder(cacheFolder());
  const lock = await waitForLock(path.join(cacheFolder(), `${name}.lock`), context);
  const draft = cachedFolder(`${name}.draft`);
  try {
    rmSync(draft, { recursive: true, force: true });
    await install(ensureFolder(draft));
    rmSync(cachedFolder(name), { recursive: true, force: true });
    renameSync(draft, cachedFolder(name));
  } finally {
    rmSync(draft, { recursive: true, force: true });
    lock.release();
  }
}

async function waitForLock(file: string, { report, signal }: InstallContext): Promise<Lock> {
  const deadlineMs = performance.now() + waitForOtherMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return acquireLock(file);
    } catch (error) {
      if (!(error instanceof LockedError) || performance.now() > deadlineMs) throw error;
      if (attempt === 0) report(`another launcher (pid ${error.holder.pid}) is installing it; waiting for that one`);
      await sleep(500, undefined, signal ? { signal } : {});
    }
  }
}
