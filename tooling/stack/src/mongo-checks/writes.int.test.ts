import type { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor, within } from "../processes/wait.ts";
import { type TestStack, testStack } from "../testing/test-stack.ts";
import { failureOf, type MongoWorld, openMongoWorld } from "./mongo-world.ts";

let stack: TestStack;
let world: MongoWorld;

beforeAll(async () => {
  stack = await testStack(["mongo"]);
  world = await openMongoWorld(stack);
}, 900_000);

afterAll(async () => {
  await world?.close();
  await stack?.stop();
}, 60_000);

describe("indexes", () => {
  it("exist with their options after createIndexes, and syncIndexes finds nothing to do", async () => {
    const indexes = await world.conversations.listIndexes();
    expect(indexes.find(({ name }) => name === "workspace_external")).toMatchObject({ unique: true });
    expect(indexes.find(({ name }) => name === "open_assignee")).toHaveProperty("partialFilterExpression");
    expect(await world.conversations.syncIndexes()).toEqual([]);
  });

  it("a second document with the same key is refused with 11000 and the key", async () => {
    const row = { workspaceId: "unique", externalId: "a" };
    await world.conversations.create(row);
    expect(await failureOf(world.conversations.create(row))).toMatchObject({
      code: 11_000,
      keyPattern: { workspaceId: 1, externalId: 1 },
      keyValue: row,
    });
  });

  it("a partial unique index holds inside its filter only, also when an update moves a document into it", async () => {
    const row = { workspaceId: "partial", assignee: "bo" };
    await world.conversations.create({ ...row, externalId: "1", status: "open" });
    await world.conversations.create({ ...row, externalId: "2", status: "closed" });
    expect(await failureOf(world.conversations.create({ ...row, externalId: "3", status: "open" }))).toMatchObject({ code: 11_000 });
    const reopened = world.conversations.updateOne({ workspaceId: "partial", externalId: "2" }, { $set: { status: "open" } });
    expect(await failureOf(reopened.exec())).toMatchObject({ code: 11_000 });
  });
});

describe("bulk writes", () => {
  it("1,000 upserts are idempotent by key: inserted once, then updated", async () => {
    const upserts = (round: number) =>
      Array.from({ length: 1_000 }, (_, index) => ({
        updateOne: {
          filter: { workspaceId: "bulk", externalId: `e${index}` },
          update: {
            $setOnInsert: { firstSeenAt: new Date(round) },
            $max: { lastMessageAt: new Date(10 - round) },
            $inc: { messageCount: 1 },
          },
          upsert: true,
        },
      }));
    const first = await world.conversations.bulkWrite(upserts(1), { ordered: false });
    const second = await world.conversations.bulkWrite(upserts(2), { ordered: false });
    expect([first.upsertedCount, first.matchedCount, second.upsertedCount, second.matchedCount]).toEqual([1_000, 0, 0, 1_000]);
    const document = await world.conversations.findOne({ workspaceId: "bulk", externalId: "e7" }).lean();
    expect(document).toMatchObject({ messageCount: 2, firstSeenAt: new Date(1), lastMessageAt: new Date(9) });
  });

  it("an unordered insert writes all but the refused ones and says which they were", async () => {
    const rows = ["1", "1", "2"].map((externalId) => ({ workspaceId: "unordered", externalId }));
    const failure = await failureOf(world.conversations.collection.insertMany(rows, { ordered: false }));
    expect(failure.code).toBe(11_000);
    expect(failure.writeErrors).toEqual([expect.objectContaining({ index: 1, code: 11_000 })]);
    expect(await world.conversations.countDocuments({ workspaceId: "unordered" })).toBe(2);
  });
});

describe("concurrency", () => {
  it("forty upserts of one key leave one document; whoever lost gets 11000 and can try again", async () => {
    const key = { workspaceId: "race", externalId: "same" };
    const upsert = () => world.conversations.updateOne(key, { $inc: { messageCount: 1 } }, { upsert: true }).exec();
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, upsert));
    const lost = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect(lost.every((code) => code === 11_000)).toBe(true);
    const documents = await world.conversations.find(key).lean();
    expect(documents.map(({ messageCount }) => messageCount)).toEqual([40 - lost.length]);
  });

  it("two hundred concurrent $inc add up", async () => {
    const key = { workspaceId: "counter", externalId: "1" };
    await world.conversations.create(key);
    await Promise.all(Array.from({ length: 200 }, () => world.conversations.updateOne(key, { $inc: { messageCount: 1 } })));
    expect((await world.conversations.findOne(key).lean())?.messageCount).toBe(200);
  });

  it("a document saved from an old copy is refused (VersionError)", async () => {
    await world.conversations.create({ workspaceId: "version", externalId: "1", title: "a" });
    const [one, two] = await Promise.all([
      world.conversations.findOne({ workspaceId: "version" }),
      world.conversations.findOne({ workspaceId: "version" }),
    ]);
    await one?.set({ title: "b" }).save();
    expect(await failureOf(two?.set({ title: "c" }).save() ?? Promise.resolve())).toMatchObject({ name: "VersionError" });
  });

  it("an outbox claimed by token (ids, updateMany, find) gives no document to two of eight claimers", async () => {
    const total = 800;
    await world.outbox.insertMany(
      Array.from({ length: total }, (_, n) => ({ topic: "claim", status: "pending", availableAt: new Date(n), n })),
    );
    const claimed: number[] = [];
    const claimer = async (worker: number) => {
      for (let round = 0; ; round++) {
        const oldest = await world.outbox
          .find({ topic: "claim", status: "pending" }, { _id: 1 })
          .sort({ availableAt: 1, _id: 1 })
          .limit(100)
          .lean();
        if (oldest.length === 0) return;
        const token = `${worker}-${round}`;
        await world.outbox.updateMany(
          { _id: { $in: oldest.map(({ _id }) => _id) }, status: "pending" },
          { $set: { status: "claimed", token } },
        );
        for (const document of await world.outbox.find({ token }).lean()) claimed.push(document.n ?? -1);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, worker) => claimer(worker)));
    expect(claimed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => n));
  });
});

describe("transactions and change streams", () => {
  it("a transaction commits both collections or neither, and is not seen before", async () => {
    await world.connection.transaction(async (session) => {
      await world.conversations.create([{ workspaceId: "tx", externalId: "1" }], { session });
      await world.outbox.create([{ topic: "tx" }], { session });
    });
    const session = await world.connection.startSession();
    session.startTransaction();
    await world.conversations.create([{ workspaceId: "tx", externalId: "2" }], { session });
    expect(await world.conversations.countDocuments({ workspaceId: "tx", externalId: "2" })).toBe(0);
    await session.abortTransaction();
    await session.endSession();
    expect(await world.conversations.countDocuments({ workspaceId: "tx" })).toBe(1);
    expect(await world.outbox.countDocuments({ topic: "tx" })).toBe(1);
  });

  it("conflicting transactions are tried again until the total is exact", async () => {
    const key = { workspaceId: "conflict", externalId: "1" };
    await world.conversations.create(key);
    const addOne = () =>
      world.connection.transaction(async (session) => {
        const document = await world.conversations.findOne(key).session(session).lean();
        await world.conversations.updateOne(key, { $set: { messageCount: (document?.messageCount ?? 0) + 1 } }, { session });
      });
    await Promise.all(Array.from({ length: 8 }, addOne));
    expect((await world.conversations.findOne(key).lean())?.messageCount).toBe(8);
  });

  it("a change stream tells of inserts and updates and can be resumed after an event", async () => {
    const stream = world.conversations.collection.watch([{ $match: { "fullDocument.workspaceId": "stream" } }], {
      fullDocument: "updateLookup",
    });
    const events: mongo.ChangeStreamDocument[] = [];
    const untilUpdate = (async () => {
      for await (const event of stream) if (events.push(event) && event.operationType === "update") return;
    })();
    const key = { workspaceId: "stream", externalId: "1" };
    // A stream opens with its first request, and shows nothing that was written before: insert until it shows an insert.
    const insertAndLook = async () => {
      await world.conversations.deleteMany(key);
      await world.conversations.create(key);
      return events.length > 0;
    };
    await waitFor("the stream to be open", 10_000, insertAndLook, 100);
    await world.conversations.updateOne(key, { $set: { title: "new" } });
    await within("the update", 10_000, untilUpdate);
    await stream.close();
    expect(events.at(-1)).toMatchObject({
      operationType: "update",
      updateDescription: { updatedFields: { title: "new" } },
      fullDocument: key,
    });
    expect(events.slice(0, -1).every(({ operationType }) => operationType === "insert")).toBe(true);
    const [lastInsert, update] = events.slice(-2).map(({ _id: token }) => token);
    const resumed = world.conversations.collection.watch([], { resumeAfter: lastInsert });
    expect(await within("the resumed event", 10_000, resumed.next())).toMatchObject({ _id: update, operationType: "update" });
    await resumed.close();
  });
});

describe("durability", () => {
  it("accepts majority and journalled writes and majority reads", async () => {
    const rows = world.connection.collection("durable");
    await rows.insertOne({ a: 1 }, { writeConcern: { w: "majority", j: true } });
    expect(await rows.find({}, { readConcern: { level: "majority" } }).toArray()).toHaveLength(1);
  });
});
