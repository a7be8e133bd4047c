import { expect, test } from "vitest";
import { aCampaignId, aMessageId, aWorkspaceId } from "../testing/ids.ts";
import { ScriptedOverflow } from "../testing/scripted-overflow.ts";
import { drainOverflow } from "./drain-overflow.ts";
import type { AttemptResult } from "./ledger.ts";

const workspaceId = aWorkspaceId();
const results = (from: number, count: number): AttemptResult[] =>
  Array.from({ length: count }, (_, index) => ({
    messageId: aMessageId(from + index),
    attempt: 1,
    campaignId: aCampaignId(),
    latencyMs: 12,
    settlement: {
      state: "accepted",
      reason: null,
      retryInMs: null,
      maxAttempts: 1,
      providerMessageId: `provider-${from + index}`,
      code: null,
      class: null,
      detail: null,
      countsAsAttempt: true,
      block: null,
      backOff: 1,
      pace: null,
    },
  }));

function aWorld(refuses: (batch: readonly AttemptResult[]) => boolean = () => false) {
  const overflow = new ScriptedOverflow();
  const calls: (readonly AttemptResult[])[] = [];
  const record = async (_workspaceId: unknown, batch: readonly AttemptResult[]) => {
    if (refuses(batch)) throw new Error("the ledger is away");
    calls.push(batch);
    return batch.length;
  };
  return { overflow, calls, drain: (limit = 10) => drainOverflow({ overflow: overflow.overflow, ledger: { record } }, limit) };
}

test("what overflowed reaches the ledger oldest first, once, and then is gone", async () => {
  const { overflow, calls, drain } = aWorld();
  await overflow.overflow.put(workspaceId, results(1, 2));
  await overflow.overflow.put(workspaceId, results(3, 1));
  expect(await drain()).toBe(3);
  expect(calls.flat().map(({ messageId }) => messageId)).toEqual(["1", "2", "3"]);
  expect([await drain(), calls.length, overflow.batches]).toEqual([0, 2, []]);
});

test("no transaction is larger than a flush", async () => {
  const { overflow, calls, drain } = aWorld();
  await overflow.overflow.put(workspaceId, results(1, 1200));
  expect(await drain()).toBe(1200);
  expect(calls.map((batch) => batch.length)).toEqual([500, 500, 200]);
});

test("while the ledger is away everything stays, and is brought once it is back", async () => {
  let isAway = true;
  const { overflow, calls, drain } = aWorld(() => isAway);
  await overflow.overflow.put(workspaceId, results(1, 3));
  await expect(drain()).rejects.toThrow("1 of 1 batches");
  expect(overflow.results).toBe(3);
  isAway = false;
  expect(await drain()).toBe(3);
  expect(calls).toEqual([results(1, 3)]);
});

test("a batch that the ledger refuses stays, is told of, and holds up no other", async () => {
  const { overflow, calls, drain } = aWorld((batch) => batch[0]?.messageId === aMessageId(1));
  await overflow.overflow.put(workspaceId, results(1, 1));
  await overflow.overflow.put(workspaceId, results(2, 1));
  await expect(drain()).rejects.toThrow("1 of 2 batches");
  expect(calls).toEqual([results(2, 1)]);
  expect(overflow.batches.map((batch) => batch.results)).toEqual([results(1, 1)]);
});

test("a drain that dies between the ledger and the removal brings the batch again", async () => {
  const { overflow, calls, drain } = aWorld();
  await overflow.overflow.put(workspaceId, results(1, 2));
  const { remove } = overflow.overflow;
  Object.assign(overflow.overflow, { remove: () => Promise.reject(new Error("the overflow is away")) });
  await expect(drain()).rejects.toThrow("1 of 1 batches");
  Object.assign(overflow.overflow, { remove });
  expect(await drain()).toBe(2);
  expect(calls).toEqual([results(1, 2), results(1, 2)]);
});
