import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process as it was when we saw it. The pid alone is not enough: the kernel gives a dead process's pid to somebody else. */
export interface ProcessRef {
  readonly pid: number;
  /** Opaque; equal for the same process only (Linux: boot id and start tick; macOS: start time). */
  readonly identity: string;
}

/** Identity of a running process, `undefined` when there is none or when only its zombie is left. */
export function identityOf(pid: number): string | undefined {
  return process.platform === "linux" ? identityFromProc(pid) : identityFromPs(pid);
}

/** True while exactly this process runs; false for a stranger that got its pid. */
export function isAlive(ref: ProcessRef): boolean {
  return identityOf(ref.pid) === ref.identity;
}

/** Reference to a process that was just started, or `undefined` when it has already ended. */
export function referTo(pid: number): ProcessRef | undefined {
  const identity = identityOf(pid);
  return identity === undefined ? undefined : { pid, identity };
}

function identityFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc(5): the command name is in brackets and may hold spaces, so count from the last bracket: state is field 3, starttime field 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const state = fields[0];
    if (state === "Z" || state === "X") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

function identityFromPs(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8", timeout: 5_000 }).trim();
    const [state = "", ...startedAt] = line.split(/\s+/);
    return line === "" || state.startsWith("Z") ? undefined : startedAt.join(" ");
  } catch {
    return undefined;
  }
}

/** Name of the program a pid runs, `undefined` when there is no such process. */
export function programOf(pid: number): string | undefined {
  if (identityOf(pid) === undefined) return undefined;
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
    return execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8", timeout: 5_000 }).trim();
  } catch {
    return undefined;
  }
}
