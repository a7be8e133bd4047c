import mongoose from "mongoose";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Stack } from "../launcher/stack.ts";
import { ownStack, setting, temporaryStateDir } from "../testing/test-stack.ts";

const folder = temporaryStateDir();
let stack: Stack;

beforeAll(async () => {
  stack = await ownStack(folder.stateDir, ["mongo"]);
}, 900_000);

afterAll(async () => {
  await stack?.stop();
  folder.remove();
}, 60_000);

it("no acknowledged write is lost when the server is killed with -9 under load", async () => {
  const url = setting(stack.settings, "MONGODB_URL");
  const acknowledged: string[] = [];
  const before = await mongoose.createConnection(url, { retryWrites: false, serverSelectionTimeoutMS: 2_000 }).asPromise();
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let n = 0; ; n++) {
      const k = `${writer}-${n}`;
      const written = await before
        .collection("durable")
        .insertOne({ k, text: "x".repeat(300) }, { writeConcern: { w: "majority", j: true } })
        .then(
          () => true,
          () => false,
        );
      if (!written) return;
      acknowledged.push(k);
      if (acknowledged.length === 400) await stack.kill("mongo", "SIGKILL");
    }
  });
  await Promise.all(writers);
  await before.close(true);

  await stack.restart("mongo");

  const after = await mongoose.createConnection(url).asPromise();
  const kept = new Set(
    (
      await after
        .collection("durable")
        .find({}, { projection: { k: 1 } })
        .toArray()
    ).map(({ k }) => k as string),
  );
  await after.close();
  expect(acknowledged.length).toBeGreaterThanOrEqual(400);
  expect(acknowledged.filter((k) => !kept.has(k))).toEqual([]);
}, 120_000);
