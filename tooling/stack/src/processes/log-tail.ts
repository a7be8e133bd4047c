import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";

const windowBytes = 16 * 1024;

/** Size of a log now, in bytes; the place where the next run of a process starts to write. 0 when there is no log. */
export function logLength(logFile: string): number {
  return existsSync(logFile) ? statSync(logFile).size : 0;
}

/** The last lines a process wrote since `fromByte`, without trailing blanks. */
export function logTail(logFile: string, fromByte = 0, maxLines = 20): string {
  const length = logLength(logFile);
  const start = Math.max(fromByte, length - windowBytes);
  if (length <= start) return "";
  const buffer = Buffer.alloc(length - start);
  const file = openSync(logFile, "r");
  try {
    readSync(file, buffer, 0, buffer.length, start);
  } finally {
    closeSync(file);
  }
  return buffer.toString("utf8").trimEnd().split("\n").slice(-maxLines).join("\n");
}
