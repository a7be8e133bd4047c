import { expect, test } from "vitest";
import type { AttemptResult } from "../ledger/ledger.ts";
import { ResultBuffer } from "./result-buffer.ts";

const results = (count: number): AttemptResult[] =>
  Array.from({ length: count }, (_, index) => ({ messageId: String(index) }) as unknown as AttemptResult);

test("a flush whose results were put aside while the ledger was silent ends, and asks a ledger that is back only once more", async () => {
  const asked: number[] = [];
  const silent = Promise.withResolvers<number>();
  const buffer = new ResultBuffer(
    {
      ledger: {
        record: (_workspaceId: unknown, batch: readonly AttemptResult[]) => {
          asked.push(batch.length);
          return asked.length === 1 ? Promise.reject(new Error("away")) : asked.length === 2 ? silent.promise : Promise.resolve(0);
        },
      },
      overflow: { put: () => Promise.resolve() },
      clock: { monotonicMs: () => 0, sleep: () => Promise.resolve() },
      log: { info: () => undefined, warn: () => undefined },
      overflowAfterMs: 5000,
    } as never,
    "w" as never,
    { onRecorded: () => undefined, onOverflowed: () => undefined },
  );
  for (const result of results(600)) buffer.add(result);
  await expect(buffer.flush()).rejects.toThrow("away");
  const flushing = buffer.flush();
  await buffer.secure();
  silent.resolve(0);
  await flushing;
  expect(asked).toEqual([500, 500, 0]);
  expect([buffer.size, buffer.isBehind]).toEqual([0, false]);
});
