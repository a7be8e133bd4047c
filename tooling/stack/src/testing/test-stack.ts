import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { attach } from "../launcher/attach.ts";
import { bootStack } from "../launcher/boot-stack.ts";
import type { Settings } from "../launcher/server.ts";
import type { ServerName } from "../launcher/server-names.ts";
import type { BootOptions, Stack } from "../launcher/stack.ts";

/** A state folder of its own for one suite, deleted by `remove`. */
export function temporaryStateDir(): { readonly stateDir: string; remove(): void } {
  const stateDir = mkdtempSync(path.join(tmpdir(), "herald-stack-"));
  return { stateDir, remove: () => rmSync(stateDir, { recursive: true, force: true }) };
}

export interface TestStack {
  readonly settings: Settings;
  /** Holds the suite's own processes. */
  readonly stateDir: string;
  stop(): Promise<void>;
}

/** The stack of the whole test run (HERALD_TEST_STATE_DIR), or one of its own with just these servers. */
export async function testStack(only: readonly ServerName[]): Promise<TestStack> {
  const { stateDir, remove } = temporaryStateDir();
  const shared = process.env.HERALD_TEST_STATE_DIR;
  if (shared) return { settings: attach(shared).settings, stateDir, stop: async () => remove() };
  const { settings, stop } = await ownStack(stateDir, only);
  return {
    settings,
    stateDir,
    async stop() {
      await stop();
      remove();
    },
  };
}

/** A stack that nobody else uses, for tests that kill its servers. Servers named by the shell are left aside. */
export function ownStack(stateDir: string, only: readonly ServerName[], options: Partial<BootOptions> = {}): Promise<Stack> {
  return bootStack({ stateDir, only, env: { PATH: process.env.PATH }, ...options });
}

/** A setting that the servers asked for must have given. */
export function setting(settings: Settings, name: string): string {
  const value = settings[name];
  if (value === undefined) throw new Error(`the stack gave no ${name}`);
  return value;
}
