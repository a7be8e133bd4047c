import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "@herald/kernel";
import { afterAll, expect, test } from "vitest";
import { spool } from "./spool.ts";

async function* parts(...results: readonly Result<string, string>[]): AsyncGenerator<Result<Uint8Array, string>> {
  for (const result of results) yield result.ok ? ok(new TextEncoder().encode(result.value)) : result;
}
const folder = await mkdtemp(join(tmpdir(), "herald-spool-"));
afterAll(() => rm(folder, { recursive: true }));

test("an upload is read back as it came, and leaves no file once it is disposed of", async () => {
  const file = await spool(parts(ok("phone,"), ok("name\n")), folder);
  if (!file.ok) throw new Error(file.error);
  expect(await readdir(folder)).toHaveLength(1);
  const read: Uint8Array[] = [];
  for await (const part of file.value.content()) read.push(part);
  expect(Buffer.concat(read).toString()).toBe("phone,name\n");
  await file.value.dispose();
  expect(await readdir(folder)).toEqual([]);
});

test("an upload that breaks off leaves no file", async () => {
  expect(await spool(parts(ok("phone,"), err("too large")), folder)).toEqual(err("too large"));
  await expect(
    spool(
      (async function* (): AsyncGenerator<Result<Uint8Array, string>> {
        yield ok(new Uint8Array(1));
        throw new Error("the client left");
      })(),
      folder,
    ),
  ).rejects.toThrow("the client left");
  expect(await readdir(folder)).toEqual([]);
});

test("an upload that is disposed of before anybody read it harms nobody", async () => {
  const file = await spool(parts(ok("x")), folder);
  if (!file.ok) throw new Error(file.error);
  const content = file.value.content();
  await file.value.dispose();
  await expect(content[Symbol.asyncIterator]().next()).rejects.toThrow("ENOENT");
});
