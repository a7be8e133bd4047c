import type { AttemptResult } from "@herald/campaign";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createResultOverflow } from "./result-overflow.ts";
import { anAttempt, aWorld, type World } from "./testing/projections.ts";
import { testMongo } from "./testing/test-mongo.ts";

const mongo = testMongo();
const overflow = createResultOverflow(mongo);

beforeAll(() => mongo.ensureIndexes());
afterAll(() => mongo.close());

function aResult(world: World): AttemptResult {
  const { messageId, attempt, campaignId, providerMessageId } = anAttempt(world);
  return {
    messageId,
    attempt,
    campaignId,
    latencyMs: 12.5,
    settlement: {
      state: "accepted",
      reason: null,
      retryInMs: null,
      maxAttempts: 1,
      providerMessageId,
      code: null,
      class: null,
      detail: null,
      countsAsAttempt: true,
      block: null,
      backOff: 1,
      pace: null,
    },
  };
}

test("results come back as they were put, oldest first, until they are removed", async () => {
  const [one, other] = [aWorld(), aWorld()];
  const [first, second] = [[aResult(one), aResult(one)], [aResult(other)]];
  await overflow.put(one.workspaceId, first);
  await overflow.put(other.workspaceId, second);
  const taken = await overflow.take(10);
  expect(taken.map(({ workspaceId, results }) => ({ workspaceId, results }))).toEqual([
    { workspaceId: one.workspaceId, results: first },
    { workspaceId: other.workspaceId, results: second },
  ]);
  expect(await overflow.take(1)).toEqual(taken.slice(0, 1));
  await overflow.remove(taken.slice(0, 1).map(({ overflowId }) => overflowId));
  expect(await overflow.take(10)).toEqual(taken.slice(1));
  await overflow.remove(taken.map(({ overflowId }) => overflowId));
  expect(await overflow.take(10)).toEqual([]);
});

test("a large put is split into documents and loses nothing", async () => {
  const world = aWorld();
  const results = Array.from({ length: 2500 }, () => aResult(world));
  await overflow.put(world.workspaceId, results);
  const taken = await overflow.take(10);
  expect(taken.map((batch) => batch.results.length)).toEqual([1000, 1000, 500]);
  expect(taken.flatMap((batch) => batch.results)).toEqual(results);
  await overflow.remove(taken.map(({ overflowId }) => overflowId));
});

test("nothing put is nothing written", async () => {
  await overflow.put(aWorld().workspaceId, []);
  expect(await overflow.take(1)).toEqual([]);
});
