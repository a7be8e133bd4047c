import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, workerEnv, workerFlags } from "@herald/demo";
import { type Daemon, httpAnswers, type Settings, spawnProcess } from "@herald/stack";

/** A second process of the dispatch role, whose wall clock can be set ahead. */
export type SecondWorker = {
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly setClockAheadMs: (aheadMs: number) => void;
};

const main = fileURLToPath(new URL("../../../../apps/worker/src/main.ts", import.meta.url));
const shiftedClock = (file: string): string => {
  const preload = new URL("../clock/shifted-clock.ts", import.meta.url);
  preload.searchParams.set("file", file);
  return preload.href;
};

export function secondWorker(stateDir: string, settings: Settings, env: Readonly<Record<string, string>>): SecondWorker {
  const clockFile = path.join(stateDir, "worker-clock-ahead-ms");
  const setClockAheadMs = (aheadMs: number): void => writeFileSync(clockFile, String(aheadMs));
  setClockAheadMs(0);
  let running: Daemon | null = null;
  return {
    setClockAheadMs,
    async start() {
      // a new one each time: while this worker was dead, another process may have taken the old one
      const port = await freePort();
      running = await spawnProcess({
        name: "worker-dispatch-2",
        command: process.execPath,
        args: [...workerFlags, "--import", shiftedClock(clockFile), main, "--role", "dispatch"],
        env: { ...settings, ...workerEnv, NODE_ENV: "production", ...env, HERALD_WORKER_PORT: String(port) },
        stateDir,
        ready: httpAnswers(`http://127.0.0.1:${port}/health`),
      });
    },
    async kill() {
      running?.signal("SIGKILL");
      await running?.exited;
    },
  };
}
