import { Writable } from "node:stream";
import { createLogger } from "@herald/observability";
import { expect, test } from "vitest";
import { type Loop, runLoop } from "./loop.ts";

const log = createLogger({ service: "test", level: "error", stream: new Writable({ write: (_chunk, _encoding, done) => done() }) });

/** Runs one loop for as many passes as given; counts what its watch was told. */
async function run(
  loop: Omit<Loop, "name" | "pass">,
  passes: (() => number)[],
): Promise<{ passed: number[]; failed: number; tookMs: number }> {
  const stop = new AbortController();
  const told = { passed: [] as number[], failed: 0 };
  const startedMs = performance.now();
  await runLoop(
    {
      ...loop,
      name: "loop",
      pass: async () => {
        const next = passes.shift();
        if (passes.length === 0) stop.abort();
        return next?.() ?? 0;
      },
    },
    { log, stop: stop.signal, watch: { passed: (_name, count) => told.passed.push(count), failed: () => (told.failed += 1) } },
  );
  return { ...told, tookMs: performance.now() - startedMs };
}

test("a loop with work goes on at once and rests when idle", async () => {
  const busy = await run({ restMs: 10_000, rests: "when_idle" }, [() => 5, () => 5, () => 5]);
  expect(busy).toMatchObject({ passed: [5, 5, 5], failed: 0 });
  expect(busy.tookMs).toBeLessThan(1000);
  expect((await run({ restMs: 60, rests: "always" }, [() => 5, () => 5])).tookMs).toBeGreaterThanOrEqual(55);
});

test("a pass that fails is tried again after a wait, and the loop lives on", async () => {
  const told = await run({ restMs: 1, rests: "when_idle" }, [
    () => {
      throw new Error("the store is away");
    },
    () => 3,
  ]);
  expect(told).toMatchObject({ passed: [3], failed: 1 });
  expect(told.tookMs).toBeGreaterThanOrEqual(100);
});

test("a stop ends a rest at once", async () => {
  const stop = new AbortController();
  const running = runLoop(
    { name: "loop", restMs: 60_000, rests: "always", pass: async () => 0 },
    { log, stop: stop.signal, watch: { passed: () => setImmediate(() => stop.abort()), failed: () => undefined } },
  );
  await running;
  expect(stop.signal.aborted).toBe(true);
});
