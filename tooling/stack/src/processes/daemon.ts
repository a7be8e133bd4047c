import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { childEnvironment } from "./environment.ts";
import { isAlive, type ProcessRef, referTo } from "./identity.ts";
import { logLength, logTail } from "./log-tail.ts";
import { ensureFolder, statePaths } from "./paths.ts";
import { removePidFile, writePidFile } from "./pid-file.ts";
import { signalProcess, stopProcess } from "./stop-process.ts";

/** How to start one background process. */
export interface DaemonSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the few variables every child inherits (PATH, HOME, LANG …). */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stateDir: string;
  /** Signal of a clean stop; Postgres wants SIGINT ("fast": it does not wait for its clients). */
  readonly stopSignal?: NodeJS.Signals;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One background process in a session of its own, with its log and pid in the state folder. It outlives its launcher. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process ends, however it ends. */
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
  /** What this run wrote last; earlier runs are in the same file but not in the tail. */
  logTail(maxLines?: number): string;
  /** Sends a signal to the process and its group. */
  signal(signal: NodeJS.Signals): void;
  /** Clean stop; SIGKILL after `graceMs` (default 10 s). */
  stop(graceMs?: number): Promise<"ended" | "killed">;
}

/** Starts a process detached from this one. Rejects when the command cannot be started at all. */
export async function startDaemon(spec: DaemonSpec): Promise<Daemon> {
  const { name, stateDir, stopSignal = "SIGTERM" } = spec;
  ensureFolder(statePaths.logs(stateDir));
  const logFile = statePaths.log(stateDir, name);
  const logStart = logLength(logFile);
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(spec.command, spec.args, {
    detached: true,
    stdio: ["ignore", log, log],
    env: childEnvironment(spec.env ?? {}),
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  });
  closeSync(log);
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  try {
    await once(child, "spawn");
  } catch (error) {
    throw new Error(`${name} could not be started: ${spec.command}: ${(error as Error).message}`, { cause: error });
  }
  child.unref();
  const pid = child.pid as number;
  const ref: ProcessRef = referTo(pid) ?? { pid, identity: "ended at once" };
  writePidFile(stateDir, { ...ref, name, stopSignal, startedAtMs: Date.now() });
  return {
    name,
    pid,
    logFile,
    exited,
    isRunning: () => isAlive(ref),
    logTail: (maxLines) => logTail(logFile, logStart, maxLines),
    signal: (signal) => signalProcess(ref, signal),
    async stop(graceMs = 10_000) {
      const how = await stopProcess(ref, stopSignal, graceMs);
      removePidFile(stateDir, name);
      return how;
    },
  };
}
