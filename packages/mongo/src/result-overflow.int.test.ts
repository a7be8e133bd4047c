import type { AttemptResult } from "@herald/campaign";
import { Types } from "mongoose";
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

test("what is set aside is in no take, is listed with what it names, and is taken again by itself once it was not tried for a while", async () => {
  const world = aWorld();
  const results = [aResult(world)];
  await overflow.put(world.workspaceId, results);
  const [batch] = await overflow.take(10);
  if (!batch) throw new Error("it was put");
  expect(await overflow.noteRefusal(batch.overflowId)).toBe(1);
  expect(await overflow.noteRefusal(batch.overflowId)).toBe(2);
  expect(await overflow.aside()).toEqual([]);
  const campaignIds = results.map(({ campaignId }) => campaignId);
  await overflow.setAside(batch.overflowId, campaignIds);
  expect(await overflow.take(10)).toEqual([]);
  const { overflowId, putAtMs, workspaceId } = batch;
  expect(await overflow.aside()).toEqual([{ overflowId, putAtMs, workspaceId, campaignIds }]);
  expect(await overflow.takeAside(10, 60_000)).toEqual([]);
  expect(await overflow.takeAside(10, 0)).toEqual([batch]);
  await overflow.setAside(overflowId, null);
  expect(await overflow.aside()).toMatchObject([{ campaignIds: null }]);
  await overflow.remove([overflowId]);
  expect(await overflow.aside()).toEqual([]);
});

test("a document that names no workspace holds up none behind it", async () => {
  const world = aWorld();
  const { overflow: model } = await mongo.open();
  await model.collection.insertOne({ _id: new Types.ObjectId("000000010000000000000000"), kind: "attempt.results", results: [] });
  await overflow.put(world.workspaceId, [aResult(world)]);
  const taken = await overflow.take(10);
  expect(taken.map(({ workspaceId }) => workspaceId)).toEqual([null, world.workspaceId]);
  await overflow.remove(taken.map(({ overflowId }) => overflowId));
});

test("a document without results is read as none: the drain judges it, and those behind it are read", async () => {
  const world = aWorld();
  const { overflow: model } = await mongo.open();
  await model.collection.insertOne({ _id: new Types.ObjectId(), kind: "attempt.results", workspaceId: world.workspaceId });
  await overflow.put(world.workspaceId, [aResult(world)]);
  const taken = await overflow.take(10);
  expect(taken.map(({ results }) => results.length)).toEqual([0, 1]);
  await overflow.remove(taken.map(({ overflowId }) => overflowId));
});
