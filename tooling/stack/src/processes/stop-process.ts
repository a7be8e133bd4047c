import { isAlive, type ProcessRef } from "./identity.ts";
import { waitFor } from "./wait.ts";

const killBoundMs = 5_000;

/** Sends a signal to the process and its group. Does nothing when the process is gone or its pid belongs to somebody else. */
export function signalProcess(ref: ProcessRef, signal: NodeJS.Signals): void {
  if (!isAlive(ref)) return;
  try {
    process.kill(-ref.pid, signal); // children are started as leaders of their own group
  } catch {
    try {
      process.kill(ref.pid, signal);
    } catch {
      // ended between the look and the signal
    }
  }
}

/** Asks a process to end, waits up to `graceMs`, then kills it. Returns how it went; throws only if even SIGKILL did not end it. */
export async function stopProcess(ref: ProcessRef, signal: NodeJS.Signals, graceMs: number): Promise<"ended" | "killed"> {
  signalProcess(ref, signal);
  try {
    await waitFor(`process ${ref.pid} to end`, graceMs, () => !isAlive(ref), 20);
    return "ended";
  } catch {
    signalProcess(ref, "SIGKILL");
    await waitFor(`process ${ref.pid} to end after SIGKILL`, killBoundMs, () => !isAlive(ref), 20);
    return "killed";
  }
}
