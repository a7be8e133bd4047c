import { randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureFolder, statePaths } from "../processes/paths.ts";
import { reapOrphans } from "../processes/reap.ts";
import { withNeeds } from "../servers/all.ts";
import { externalParts } from "./external.ts";
import { acquireLock, type Lock } from "./lock.ts";
import { assertNode } from "./node-version.ts";
import { prepareServers } from "./prepare-servers.ts";
import { type Report, reporters } from "./progress.ts";
import type { RunningServer } from "./running-server.ts";
import type { Settings } from "./server.ts";
import { serverNames } from "./server-names.ts";
import { removeSettings, writeSettings } from "./settings-file.ts";
import type { BootOptions, Stack } from "./stack.ts";
import { startAll } from "./start-all.ts";
import { openState } from "./state.ts";
import { toStack } from "./to-stack.ts";
import { provideTools } from "./tools.ts";

/**
 * Boots the local stack: finds or installs every server, starts them, migrates the database and returns when all answer.
 * The servers are processes of their own; if this one dies they run on, and the next boot ends them first.
 * Rejects with the server's name and the end of its log when one cannot be started; nothing is left running then.
 */
export async function bootStack(options: BootOptions): Promise<Stack> {
  assertNode();
  const stateDir = path.resolve(options.stateDir);
  ensureFolder(stateDir);
  const lock = acquireLock(statePaths.lock(stateDir));
  try {
    return await bootLocked({ ...options, stateDir }, lock);
  } catch (error) {
    await reapOrphans(stateDir);
    lock.release();
    throw error;
  }
}

async function bootLocked(options: BootOptions, lock: Lock): Promise<Stack> {
  const { stateDir, fresh = false, only = serverNames, env = process.env, signal } = options;
  const report = reporters(options.onProgress ?? (() => undefined));
  await clear(stateDir, fresh, report("stack"));
  const external = externalParts(env);
  for (const name of external.servers) report(name)("not started: the environment names a server of your own");
  const servers = withNeeds(only).filter(({ name }) => !external.servers.has(name));
  const tools = await provideTools(servers, env, report, signal);
  const state = openState(stateDir);
  const onCrash = options.onCrash ?? (({ server, message }) => report(server)(message));
  const running: RunningServer[] = await prepareServers(servers, { stateDir, state, tools, report, onCrash });
  const started = await startAll(running, signal);
  const settings: Settings = {
    ...external.settings,
    ...started,
    HERALD_SECRET_KEY: state.secret("herald.secret-key", () => randomBytes(32).toString("base64")),
  };
  writeSettings(stateDir, settings);
  return toStack(stateDir, settings, running, lock);
}

/** Ends what a dead launcher left running; with `fresh`, forgets everything else too. */
async function clear(stateDir: string, fresh: boolean, report: Report): Promise<void> {
  const reaped = await reapOrphans(stateDir);
  if (reaped.length > 0) report(`ended what an earlier launcher left running: ${reaped.join(", ")}`);
  removeSettings(stateDir);
  if (!fresh) return;
  for (const entry of readdirSync(stateDir)) {
    const target = path.join(stateDir, entry);
    if (target !== statePaths.lock(stateDir)) rmSync(target, { recursive: true, force: true });
  }
  report("state of earlier runs deleted");
}
