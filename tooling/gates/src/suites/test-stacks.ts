import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopStack } from "@herald/stack";

const PREFIX = "herald-test-";

/** A new folder for the servers of one test run, named after the process that owns it. */
export async function openTestFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Started by root, Postgres runs as another user and has to reach its folder through this one.
  await chmod(folder, 0o755);
  return folder;
}

/** Ends servers whose test run is gone: vitest leaves at once on SIGTERM, and servers are detached so that a test may kill their launcher. */
export async function sweepTestStacks(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    await stopStack(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
