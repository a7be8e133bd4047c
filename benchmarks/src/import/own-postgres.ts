import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bootStack, progressLine, type Stack } from "@herald/stack";

export type OwnPostgres = { readonly pid: number; readonly url: (setting: string) => string; readonly end: () => Promise<void> };

/** An empty, migrated Postgres of this run alone, in a folder that is deleted with it: figures do not depend on what was there before. */
export async function ownPostgres(say: (line: string) => void, signal: AbortSignal): Promise<OwnPostgres> {
  const stateDir = mkdtempSync(path.join(tmpdir(), "herald-bench-"));
  // started by root, Postgres runs as another user and has to reach its folder through this one
  chmodSync(stateDir, 0o755);
  const removeFolder = (): void => rmSync(stateDir, { recursive: true, force: true });
  try {
    const stack = await bootStack({ stateDir, only: ["postgres"], signal, onProgress: (progress) => say(progressLine(progress)) });
    return {
      pid: pidOf(stack),
      url: (setting) => stack.settings[setting] ?? fail(`the stack has no ${setting}`),
      async end() {
        await stack.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

const pidOf = (stack: Stack): number => stack.servers.find(({ name }) => name === "postgres")?.pid ?? fail("Postgres has no process");

function fail(what: string): never {
  throw new Error(what);
}
