/** RESP2, the wire protocol of Redis and Valkey: https://valkey.io/topics/protocol/ */

/** An error the server answered with, e.g. "WRONGTYPE Operation against a key …". */
export class RespError extends Error {
  override readonly name = "RespError";
}

/** A reply. Both kinds of strings arrive as bytes: values need not be UTF-8. */
export type RespValue = Buffer | number | null | RespError | readonly RespValue[];

/** A command as REST clients send it: strings and numbers; objects are written as JSON, as Upstash does. */
export type Command = readonly unknown[];

const crlf = Buffer.from("\r\n");

export function encodeCommand(command: Command): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${command.length}\r\n`)];
  for (const argument of command) {
    const bytes = Buffer.from(textOf(argument));
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, crlf);
  }
  return Buffer.concat(parts);
}

function textOf(argument: unknown): string {
  if (typeof argument === "string") return argument;
  return argument === null || argument === undefined ? "" : JSON.stringify(argument);
}

/** Reads replies from a stream of chunks, whatever the chunks' borders. */
export class RespReader {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes without which the next reply cannot be complete; saves parsing a large value again at every chunk. */
  #needed = 0;

  /** Takes a chunk and returns the replies that are now complete. */
  push(chunk: Buffer): RespValue[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    const replies: RespValue[] = [];
    let offset = 0;
    for (;;) {
      const parsed = parse(bytes, offset);
      if (parsed.complete) {
        replies.push(parsed.value);
        offset = parsed.next;
        continue;
      }
      this.#needed = parsed.needed - offset;
      break;
    }
    const rest = bytes.subarray(offset);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return replies;
  }
}

type Parsed =
  | { readonly complete: true; readonly value: RespValue; readonly next: number }
  | { readonly complete: false; readonly needed: number };

function parse(bytes: Buffer, start: number): Parsed {
  const end = bytes.indexOf(crlf, start);
  if (end < 0) return { complete: false, needed: bytes.length + 1 };
  const line = bytes.toString("utf8", start + 1, end);
  const next = end + 2;
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case "+":
      return { complete: true, value: Buffer.from(line), next };
    case "-":
      return { complete: true, value: new RespError(line), next };
    case ":":
      return { complete: true, value: Number(line), next };
    case "$":
      return parseBulk(bytes, Number(line), next);
    case "*":
      return parseArray(bytes, Number(line), next);
    default:
      throw new Error(`not a RESP2 reply: ${JSON.stringify(line.slice(0, 40))}`);
  }
}

function parseBulk(bytes: Buffer, length: number, start: number): Parsed {
  if (length < 0) return { complete: true, value: null, next: start };
  const next = start + length + 2;
  return bytes.length < next ? { complete: false, needed: next } : { complete: true, value: bytes.subarray(start, next - 2), next };
}

function parseArray(bytes: Buffer, length: number, start: number): Parsed {
  if (length < 0) return { complete: true, value: null, next: start };
  const items: RespValue[] = [];
  let next = start;
  for (let index = 0; index < length; index++) {
    const item = parse(bytes, next);
    if (!item.complete) return item;
    items.push(item.value);
    next = item.next;
  }
  return { complete: true, value: items, next };
}
