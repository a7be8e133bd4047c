import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cachedWorkflowBundle } from "./workflow-bundle.ts";

test("a workflow bundle is built once per content", { timeout: 20_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "herald-bundle-"));
  try {
    const path = await cachedWorkflowBundle(folder);
    const built = await stat(path);
    expect(built.size).toBeGreaterThan(100_000);
    expect(await cachedWorkflowBundle(folder)).toBe(path);
    expect((await stat(path)).mtimeMs).toBe(built.mtimeMs);
  } finally {
    await rm(folder, { recursive: true });
  }
});
