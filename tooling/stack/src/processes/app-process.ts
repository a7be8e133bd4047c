import { type Daemon, type DaemonSpec, startDaemon } from "./daemon.ts";
import { waitFor } from "./wait.ts";

export interface AppProcessSpec extends DaemonSpec {
  /** Asked until it answers true. Without it the process counts as ready once it runs. */
  readonly ready?: (process: Daemon) => boolean | Promise<boolean>;
  readonly readyTimeoutMs?: number;
}

/**
 * Starts one of our own processes (a worker role, the simulator, the web) under the same care as a server: own session, log
 * and pid in the state folder, ended by `pnpm stop` or reaped at the next start.
 * Rejects with the end of its log when it dies or is not ready in time.
 */
export async function spawnProcess(spec: AppProcessSpec): Promise<Daemon> {
  const daemon = await startDaemon(spec);
  const { ready, readyTimeoutMs = 60_000 } = spec;
  if (ready) await untilReady(daemon, () => ready(daemon), readyTimeoutMs);
  return daemon;
}

/** Waits until a process is ready; if it ends before that, or is too slow, it is stopped and named with the end of its log. */
export async function untilReady(daemon: Daemon, ready: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  const died = daemon.exited.then((exit) => {
    throw new Error(`${daemon.name} ended before it was ready (${exit.signal ?? `exit code ${exit.code}`})`);
  });
  try {
    await Promise.race([waitFor(`${daemon.name} to be ready`, timeoutMs, ready), died]);
  } catch (error) {
    died.catch(() => undefined);
    await daemon.stop(2_000);
    throw new Error(`${(error as Error).message}\n${describeLog(daemon)}`, { cause: error });
  }
  died.catch(() => undefined);
}

/** The end of a process's log with its path, as shown to a person. */
export function describeLog(daemon: Daemon): string {
  const tail = daemon.logTail();
  return tail === "" ? `Its log is empty: ${daemon.logFile}` : `The end of its log (${daemon.logFile}):\n${tail.replaceAll(/^/gm, "  | ")}`;
}

/** Ready when the process has written `text` in this run. */
export function logSays(text: string): (process: Daemon) => boolean {
  return (process) => process.logTail(200).includes(text);
}

/** Ready when a GET answers with any status below 500. */
export function httpAnswers(url: string): () => Promise<boolean> {
  return async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.status < 500;
  };
}
