import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ok, type Result } from "@herald/kernel";

/** An upload that arrived whole, on disk, readable by this process's user only. */
export type Spool = { readonly content: () => AsyncIterable<Uint8Array>; readonly dispose: () => Promise<void> };

/** Writes the parts to a file of their own; a failure on the way leaves no file. */
export async function spool<E>(parts: AsyncIterable<Result<Uint8Array, E>>, folder = tmpdir()): Promise<Result<Spool, E>> {
  const path = join(folder, `herald-upload-${randomUUID()}`);
  const dispose = (): Promise<void> => rm(path, { force: true });
  let isWhole = false;
  try {
    const failure = await writeTo(await open(path, "wx", 0o600), parts);
    if (failure) return failure;
    isWhole = true;
    return ok({ content: () => partsOf(path), dispose });
  } finally {
    if (!isWhole) await dispose();
  }
}

/** Opens the file when the first part is asked for: a stream that nobody reads would stay open, and fail once the file is gone. */
async function* partsOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}

async function writeTo<E>(
  file: FileHandle,
  parts: AsyncIterable<Result<Uint8Array, E>>,
): Promise<Extract<Result<never, E>, { ok: false }> | null> {
  try {
    for await (const part of parts) {
      if (!part.ok) return part;
      await file.write(part.value);
    }
    return null;
  } finally {
    await file.close();
  }
}
