import { statePaths } from "../processes/paths.ts";
import { reapOrphans } from "../processes/reap.ts";
import { waitFor } from "../processes/wait.ts";
import type { Lock } from "./lock.ts";
import type { RunningServer } from "./running-server.ts";
import type { Settings } from "./server.ts";
import type { ServerName } from "./server-names.ts";
import { removeSettings } from "./settings-file.ts";
import type { Stack } from "./stack.ts";

/** How long those that need a restarted server may take to find it again. */
const recoveryTimeoutMs = 60_000;

/** The handle on servers that are up. */
export function toStack(stateDir: string, settings: Settings, running: readonly RunningServer[], lock: Lock): Stack {
  const find = (name: ServerName): RunningServer => {
    const found = running.find(({ server }) => server.name === name);
    if (!found) throw new Error(`${name} is not a server of this stack (it was not asked for, or it is your own)`);
    return found;
  };
  let stopping: Promise<void> | undefined;
  return {
    stateDir,
    settings,
    get servers() {
      return running.map(({ server, context, pid }) => ({
        name: server.name,
        pid,
        ports: server.portNames.map((portName) => context.port(portName)),
        logFile: statePaths.log(stateDir, server.name),
      }));
    },
    kill: (name, signal) => find(name).kill(signal),
    async restart(name) {
      await find(name).restart();
      await Promise.all(dependents(running, name).map(recovered));
    },
    stop() {
      stopping ??= stop(stateDir, running, lock);
      return stopping;
    },
  };
}

async function stop(stateDir: string, running: readonly RunningServer[], lock: Lock): Promise<void> {
  for (const server of running) server.dismiss();
  removeSettings(stateDir);
  try {
    await reapOrphans(stateDir); // also what was started with spawnProcess: it has its pid file in the same folder
  } finally {
    lock.release();
  }
}

/** Every running server that needs this one, directly or not. */
function dependents(running: readonly RunningServer[], name: ServerName): RunningServer[] {
  const direct = running.filter(({ server, pid }) => server.needs.includes(name) && pid !== undefined);
  return [...new Set([...direct, ...direct.flatMap(({ server }) => dependents(running, server.name))])];
}

async function recovered({ server, context }: RunningServer): Promise<void> {
  await waitFor(`${server.name} to find its servers again`, recoveryTimeoutMs, () => server.isReady(context), 200);
}
