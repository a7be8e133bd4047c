import { closeSync, createReadStream, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { SimulationEvent } from "./events.ts";

const fileName = "journal.ndjson";
const flushAfterMs = 20;

/**
 * Append-only record of events, one JSON object a line. A line handed to the operating system survives `kill -9` of this process;
 * `flush` is called before every answer, so no client ever holds an acceptance that a restart has forgotten. (No fsync: a power cut is
 * not among the faults this auditor must survive.)
 */
export interface Journal {
  append(event: SimulationEvent): void;
  flush(): void;
  /** Forgets everything, for a reset. */
  truncate(): void;
  close(): void;
}

export const memoryJournal: Journal = { append: () => {}, flush: () => {}, truncate: () => {}, close: () => {} };

export class FileJournal implements Journal {
  readonly #file: number;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | null = null;

  private constructor(file: number) {
    this.#file = file;
  }

  /** Opens the journal in `directory`, created if missing, after cutting off a line that a kill left half-written. */
  static open(directory: string): FileJournal {
    mkdirSync(directory, { recursive: true });
    const file = openSync(join(directory, fileName), "a+");
    ftruncateSync(file, lengthOfWholeLines(file));
    return new FileJournal(file);
  }

  append(event: SimulationEvent): void {
    this.#lines.push(JSON.stringify(event));
    this.#timer ??= setTimeout(() => this.flush(), flushAfterMs);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(`${this.#lines.join("\n")}\n`);
    this.#lines = [];
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written);
  }

  truncate(): void {
    this.#lines = [];
    ftruncateSync(this.#file, 0);
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}

/** Reads a journal from its start; nothing when there is none yet. Throws on a line that is not JSON: the truth would be incomplete. */
export async function* readJournal(directory: string): AsyncGenerator<SimulationEvent> {
  const path = join(directory, fileName);
  let lineNumber = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    yield parseLine(line, lineNumber);
  }
}

function parseLine(line: string, lineNumber: number): SimulationEvent {
  try {
    return JSON.parse(line) as SimulationEvent;
  } catch (cause) {
    throw new Error(`${fileName}: line ${lineNumber} is not an event; the file was changed by something else`, { cause });
  }
}

/** Bytes up to and including the last newline. */
function lengthOfWholeLines(file: number): number {
  const block = Buffer.alloc(64 * 1024);
  for (let end = fstatSync(file).size; end > 0; ) {
    const start = Math.max(0, end - block.length);
    const newline = block.subarray(0, readSync(file, block, 0, end - start, start)).lastIndexOf(0x0a);
    if (newline >= 0) return start + newline + 1;
    end = start;
  }
  return 0;
}
