import { readdirSync, readFileSync } from "node:fs";

/** USER_HZ: /proc counts in hundredths of a second on every Linux that Node runs on. */
const ticksPerSecond = 100;

type ProcessTimes = { readonly pid: number; readonly parentPid: number; readonly ownTicks: number; readonly endedChildrenTicks: number };

/**
 * CPU seconds that a process and its descendants have used so far, those of children that already ended included.
 * Undefined where there is no /proc. Source of the fields: proc_pid_stat(5).
 */
export function cpuSecondsOfTree(rootPid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (readTimes(name) ?? []) : []));
  const root = all.filter(({ pid }) => pid === rootPid);
  let ticks = 0;
  for (let level = root; level.length > 0; level = all.filter(({ parentPid }) => level.some(({ pid }) => pid === parentPid)))
    ticks += level.reduce((sum, one) => sum + one.ownTicks + one.endedChildrenTicks, 0);
  return ticks / ticksPerSecond;
}

/** Undefined for a process that has ended since it was listed. */
function readTimes(pid: string): ProcessTimes | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

/** The program's name stands in parentheses and may itself hold spaces and parentheses: fields are counted after the last one. */
export function parseStat(stat: string): ProcessTimes {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // field n of the manual is index n - 3 here
  const field = (n: number): number => Number(fields[n - 3]);
  return {
    pid: Number.parseInt(stat, 10),
    parentPid: field(4),
    ownTicks: field(14) + field(15),
    endedChildrenTicks: field(16) + field(17),
  };
}
