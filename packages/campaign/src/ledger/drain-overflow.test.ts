import { minutes } from "@herald/kernel";
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
  const logged: unknown[] = [];
  const log = { info: () => undefined, warn: (event: string, facts: object) => void logged.push({ event, ...facts }) };
  const record = async (_workspaceId: unknown, batch: readonly AttemptResult[]) => {
    if (refuses(batch)) throw new Error("the ledger is away");
    if (batch.length > 0) calls.push(batch);
    return batch.length;
  };
  return { overflow, calls, logged, drain: (limit = 10) => drainOverflow({ overflow: overflow.overflow, ledger: { record }, log }, limit) };
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

const isPoison = (batch: readonly AttemptResult[]) => batch.some(({ messageId }) => messageId === aMessageId(2));
async function pass(drain: () => Promise<number>, times: number): Promise<void> {
  for (let done = 0; done < times; done += 1) await drain().catch(() => undefined);
}

test("a batch that a ledger which answers refuses again and again is set aside: the rest of it is brought, it is told of, and no pass fails for it", async () => {
  const { overflow, calls, logged, drain } = aWorld(isPoison);
  const [good, poison, other] = results(1, 3);
  if (!good || !poison || !other) throw new Error("three results");
  const batch = [good, { ...poison, campaignId: aCampaignId(7) }, other];
  await overflow.overflow.put(workspaceId, batch);
  await pass(drain, 9);
  expect([overflow.setAside, calls]).toEqual([[], []]);
  expect(await drain()).toBe(0);
  expect(calls).toEqual([[good], [other]]);
  expect(overflow.setAside).toEqual([{ overflowId: "1", putAtMs: 0, workspaceId, campaignIds: [aCampaignId(7)] }]);
  expect(logged).toMatchObject([{ event: "overflow.set_aside", overflowId: "1", results: 3, refused: 1 }]);
  expect(overflow.batches, "kept whole").toMatchObject([{ results: batch }]);
  expect(await overflow.overflow.take(10), "no longer waiting").toEqual([]);
});

test("an outage, however long, sets nothing aside", async () => {
  const { overflow, drain } = aWorld(() => true);
  await overflow.overflow.put(workspaceId, results(1, 2));
  await pass(drain, 50);
  expect([overflow.setAside, overflow.refusals.size]).toEqual([[], 0]);
});

test("what is set aside is tried again every ten minutes, and is gone once the ledger takes it", async () => {
  let isUnderstood = false;
  const { overflow, calls, drain } = aWorld((batch) => !isUnderstood && isPoison(batch));
  await overflow.overflow.put(workspaceId, results(2, 1));
  await pass(drain, 10);
  isUnderstood = true;
  overflow.untriedForMs = minutes(10) - 1;
  expect(await drain()).toBe(0);
  overflow.untriedForMs = minutes(10);
  expect(await drain()).toBe(1);
  expect([calls, overflow.batches, overflow.setAside]).toEqual([[results(2, 1)], [], []]);
});

test("a batch that names no workspace, or no campaign, is set aside as far as it can be read", async () => {
  const { overflow, drain } = aWorld((batch) => batch.length > 0);
  overflow.batches = [
    { overflowId: "a", putAtMs: 0, workspaceId: null, results: results(1, 1) },
    { overflowId: "b", putAtMs: 0, workspaceId, results: [null as unknown as AttemptResult] },
  ];
  await pass(drain, 10);
  expect(overflow.setAside).toMatchObject([
    { overflowId: "a", workspaceId: null },
    { overflowId: "b", workspaceId, campaignIds: null },
  ]);
});

test.each([
  { names: "a workspace", of: workspaceId },
  { names: "nobody", of: null },
])("a batch that holds nothing to read and names $names is set aside at once, never removed, and stops none behind it", async ({ of }) => {
  const { overflow, calls, logged, drain } = aWorld();
  overflow.batches.push({ overflowId: "malformed", putAtMs: 0, workspaceId: of, results: [] });
  await overflow.overflow.put(workspaceId, results(1, 2));
  expect(await drain()).toBe(2);
  expect(calls).toEqual([results(1, 2)]);
  expect(overflow.setAside).toEqual([{ overflowId: "malformed", putAtMs: 0, workspaceId: of, campaignIds: null }]);
  expect(logged).toMatchObject([{ event: "overflow.set_aside", overflowId: "malformed" }]);
  overflow.untriedForMs = minutes(11);
  expect(await drain()).toBe(0);
  expect(overflow.batches, "and tried again it stays").toHaveLength(1);
});
