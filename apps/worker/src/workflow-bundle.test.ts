import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cachedWorkflowBundle } from "./workflow-bundle.ts";

type SourceMap = { readonly mappings: string; readonly sourcesContent?: readonly string[] };

test("a workflow bundle is built once per content", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "herald-bundle-"));
  try {
    const path = await cachedWorkflowBundle(folder);
    const built = await stat(path);
    expect(built.size).toBeGreaterThan(100_000);
    const map = JSON.parse(Buffer.from((await readFile(path, "utf8")).split("base64,").at(-1) ?? "", "base64").toString()) as SourceMap;
    expect(map.mappings.length).toBeGreaterThan(10_000);
    expect(map.sourcesContent, "it is in the worker's memory").toBeUndefined();
    expect(await cachedWorkflowBundle(folder)).toBe(path);
    expect((await stat(path)).mtimeMs).toBe(built.mtimeMs);
  } finally {
    await rm(folder, { recursive: true });
  }
});
