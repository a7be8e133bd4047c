import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAlive, type ProcessRef, referTo } from "../processes/identity.ts";

/** The folder is taken by a launcher that still runs. */
export class LockedError extends Error {
  override readonly name = "LockedError";
  readonly holder: ProcessRef;
  constructor(file: string, holder: ProcessRef) {
    super(`another launcher (pid ${holder.pid}) already runs on this state folder: end it with \`pnpm stop\` (lock: ${file})`);
    this.holder = holder;
  }
}

export interface Lock {
  release(): void;
}

/**
 * Takes a lock file for this process. A lock whose holder is dead is taken over.
 * The file appears with its content in one step (link), so nobody ever reads a half-written lock.
 * @throws LockedError while the holder lives
 */
export function acquireLock(file: string): Lock {
  const self = referTo(process.pid);
  if (!self) throw new Error("this process cannot be found in the process table");
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(self)}\n`, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (linked(draft, file)) return { release: () => release(file, self) };
      const holder = lockHolder(file);
      if (holder && isAlive(holder)) throw new LockedError(file, holder);
      if (holder) removeStale(file, holder);
    }
    throw new Error(`the lock ${file} changes hands faster than it can be taken`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Who holds (or held) the lock; `undefined` when there is no lock. */
export function lockHolder(file: string): ProcessRef | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessRef;
  } catch {
    return undefined;
  }
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function removeStale(file: string, dead: ProcessRef): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else removed it first
  }
  const moved = lockHolder(aside);
  if (moved && moved.identity !== dead.identity) linked(aside, file); // it was already a new holder's: give it back
  rmSync(aside, { force: true });
}

function release(file: string, self: ProcessRef): void {
  if (lockHolder(file)?.identity === self.identity && lockHolder(file)?.pid === self.pid) rmSync(file, { force: true });
}
