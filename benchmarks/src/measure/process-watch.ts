import { readdirSync, readFileSync } from "node:fs";
import { CannotMeasure } from "../bench.ts";
import { cpuSecondsOfTree, parseStat } from "./process-tree.ts";

export type WatchedProcess = { readonly name: string; readonly pid: number };
export type ProcessUse = { readonly name: string; readonly cpuSeconds: number; readonly rssMaxMb: number };
export type ProcessWatch = { readonly end: () => readonly ProcessUse[] };

const sampleEveryMs = 1000;

/** CPU time and the highest memory of each process, its children included, from now until `end`. Linux only: read from /proc. */
export function watchProcesses(processes: readonly WatchedProcess[]): ProcessWatch {
  const cpuOf = (pid: number): number => {
    const seconds = cpuSecondsOfTree(pid);
    if (seconds === undefined) throw new CannotMeasure("this bench reads CPU time and memory from /proc, which only Linux has");
    return seconds;
  };
  const watched = processes.map((one) => ({ ...one, cpuBefore: cpuOf(one.pid), rssMaxKb: 0 }));
  const sample = (): void => {
    const children = childrenByParent();
    for (const one of watched) one.rssMaxKb = Math.max(one.rssMaxKb, rssKbOfTree(one.pid, children));
  };
  sample();
  const timer = setInterval(sample, sampleEveryMs);
  return {
    end() {
      clearInterval(timer);
      sample();
      return watched.map(({ name, pid, cpuBefore, rssMaxKb }) => ({
        name,
        cpuSeconds: Math.max(0, cpuOf(pid) - cpuBefore),
        rssMaxMb: Math.round(rssMaxKb / 1024),
      }));
    },
  };
}

function childrenByParent(): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    if (stat === null) continue;
    const { pid, parentPid } = parseStat(stat);
    children.set(parentPid, [...(children.get(parentPid) ?? []), pid]);
  }
  return children;
}

function rssKbOfTree(rootPid: number, children: ReadonlyMap<number, readonly number[]>): number {
  const memories: Memory[] = [];
  for (let level: readonly number[] = [rootPid]; level.length > 0; level = level.flatMap((pid) => children.get(pid) ?? []))
    for (const pid of level) {
      const status = read(`/proc/${pid}/status`);
      if (status !== null) memories.push(parseMemory(status));
    }
  return sumOfMemories(memories);
}

export type Memory = { readonly anonKb: number; readonly fileKb: number; readonly shmemKb: number };

/** Resident memory by kind. Source of the fields: proc_pid_status(5). */
export function parseMemory(status: string): Memory {
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
  return { anonKb: field("RssAnon"), fileKb: field("RssFile"), shmemKb: field("RssShmem") };
}

/** What processes of one tree share (program files, Postgres' buffers) is counted once, as the largest share that one of them holds. */
export function sumOfMemories(memories: readonly Memory[]): number {
  const largest = (values: readonly number[]): number => Math.max(0, ...values);
  return (
    memories.reduce((sum, { anonKb }) => sum + anonKb, 0) +
    largest(memories.map(({ fileKb }) => fileKb)) +
    largest(memories.map(({ shmemKb }) => shmemKb))
  );
}

/** Null for a process that has ended since it was listed. */
function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
