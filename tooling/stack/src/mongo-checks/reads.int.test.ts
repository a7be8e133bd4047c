import { mongo, Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestStack, testStack } from "../testing/test-stack.ts";
import { failureOf, type MongoWorld, openMongoWorld } from "./mongo-world.ts";

const conversationIds = Array.from({ length: 10 }, () => new Types.ObjectId());
const total = 2_500;
const inWorkspace = { $match: { workspaceId: "w" } };
let stack: TestStack;
let world: MongoWorld;

beforeAll(async () => {
  stack = await testStack(["mongo"]);
  world = await openMongoWorld(stack);
  await world.conversations.insertMany(
    conversationIds.map((_id, n) => ({
      _id,
      workspaceId: "w",
      externalId: `c${n}`,
      title: n % 2 === 0 ? `beta ${n}` : `Alpha ${n}`,
      status: n < 5 ? "open" : "closed",
      lastMessageAt: new Date(Date.UTC(2026, 0, 1 + n)),
      participants: [
        { key: `u${n}`, role: n % 2 === 0 ? "customer" : "agent", n },
        { key: `v${n}`, role: "customer", n: n * 2 },
      ],
      tags: n % 3 === 0 ? [] : ["x", "y"],
    })),
  );
  await world.messages.insertMany(
    Array.from({ length: total }, (_, n) => ({
      workspaceId: "w",
      conversationId: conversationIds[n % 10],
      externalId: `m${n}`,
      direction: n % 3 === 0 ? "out" : "in",
      sentAt: new Date(Date.UTC(2026, 0, 1, 0, n * 30)),
      n,
      tags: n % 2 === 0 ? ["a", "b"] : ["a"],
    })),
  );
}, 900_000);

afterAll(async () => {
  await world?.close();
  await stack?.stop();
}, 60_000);

describe("queries", () => {
  it("operators over strings, arrays and missing fields", async () => {
    const count = (filter: object) => world.conversations.countDocuments({ workspaceId: "w", ...filter });
    expect(await count({ title: /^Alpha/ })).toBe(5);
    expect(await count({ title: { $regex: "^alpha", $options: "i" } })).toBe(5);
    expect(await count({ tags: { $size: 0 } })).toBe(4);
    expect(await count({ tags: { $all: ["x", "y"] } })).toBe(6);
    expect(await count({ assignee: { $exists: false } })).toBe(10);
    expect(await count({ assignee: null })).toBe(10);
    expect(await count({ status: { $nin: ["open"] } })).toBe(5);
    expect(await count({ participants: { $elemMatch: { role: "agent", n: { $gte: 5 } } } })).toBe(3);
  });

  it("twenty thousand ids in one $in", async () => {
    const ids = { $in: [...conversationIds, ...Array.from({ length: 20_000 }, () => new Types.ObjectId())] };
    expect(await world.conversations.countDocuments({ _id: ids })).toBe(10);
  });

  it("keyset pagination walks every conversation once, newest first", async () => {
    const seen: string[] = [];
    for (let before: { lastMessageAt: Date; conversationId: Types.ObjectId } | undefined; ; ) {
      const older = before && {
        $or: [
          { lastMessageAt: { $lt: before.lastMessageAt } },
          { lastMessageAt: before.lastMessageAt, _id: { $lt: before.conversationId } },
        ],
      };
      const page = await world.conversations
        .find({ workspaceId: "w", ...older })
        .sort({ lastMessageAt: -1, _id: -1 })
        .limit(3)
        .lean();
      const last = page.at(-1);
      if (!last) break;
      seen.push(...page.map(({ externalId }) => externalId ?? ""));
      const { _id: conversationId, lastMessageAt } = last;
      before = { lastMessageAt: lastMessageAt as Date, conversationId };
    }
    expect(seen).toEqual(["c9", "c8", "c7", "c6", "c5", "c4", "c3", "c2", "c1", "c0"]);
  });

  it("a cursor gives every document once, in order, over many batches", async () => {
    let expected = 0;
    for await (const message of world.messages.find({ workspaceId: "w" }).sort({ n: 1 }).lean().cursor({ batchSize: 100 })) {
      expect(message.n).toBe(expected++);
    }
    expect(expected).toBe(total);
  });

  it("BSON types come back as they went", async () => {
    const rows = world.connection.collection<{ _id: string }>("types");
    const row = {
      _id: "x",
      decimal: mongo.Decimal128.fromString("1.10"),
      long: mongo.Long.fromString("9007199254740993"),
      uuid: new mongo.UUID(),
      date: new Date(5),
      nothing: null,
    };
    await rows.insertOne(row);
    const back = await rows.findOne({ _id: "x" }, { promoteLongs: false });
    expect(JSON.stringify(back)).toBe(JSON.stringify(row));
  });
});

describe("aggregations that analytics and the inbox use", () => {
  it("group by day in UTC, and with a time zone", async () => {
    const days = await world.messages.aggregate([
      inWorkspace,
      { $group: { _id: { $dateTrunc: { date: "$sentAt", unit: "day" } }, messages: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    expect([days.length, days[1]]).toEqual([53, { _id: new Date(Date.UTC(2026, 0, 2)), messages: 48 }]);
    const local = { $dateTrunc: { date: "$sentAt", unit: "day", timezone: "America/New_York" } };
    const [message] = await world.messages.aggregate([{ $match: { n: 5 } }, { $project: { _id: 0, day: local } }]);
    expect(message).toEqual({ day: new Date("2025-12-31T05:00:00Z") });
  });

  it("the last message per conversation: $match, $sort, $group with $last", async () => {
    const last = await world.messages.aggregate([
      { $match: { workspaceId: "w", conversationId: { $in: conversationIds.slice(0, 3) } } },
      { $sort: { conversationId: 1, sentAt: 1 } },
      { $group: { _id: "$conversationId", n: { $last: "$n" } } },
      { $sort: { n: 1 } },
    ]);
    expect(last.map(({ n }) => n)).toEqual([2_490, 2_491, 2_492]);
  });

  it("$lookup over a plain foreign field", async () => {
    const joined = await world.conversations.aggregate([
      { $match: { workspaceId: "w", externalId: "c3" } },
      { $lookup: { from: world.messages.collection.name, localField: "_id", foreignField: "conversationId", as: "messages" } },
      { $project: { _id: 0, messages: { $size: "$messages" } } },
    ]);
    expect(joined).toEqual([{ messages: 250 }]);
  });

  it("$facet, $bucket and $count in one round trip", async () => {
    const [answer] = await world.messages.aggregate([
      inWorkspace,
      {
        $facet: {
          byDirection: [{ $sortByCount: "$direction" }],
          byRange: [{ $bucket: { groupBy: "$n", boundaries: [0, 100, 1_000, 2_500] } }],
          all: [{ $count: "n" }],
        },
      },
    ]);
    expect(answer).toEqual({
      byDirection: [
        { _id: "in", count: 1_666 },
        { _id: "out", count: 834 },
      ],
      byRange: [
        { _id: 0, count: 100 },
        { _id: 100, count: 900 },
        { _id: 1_000, count: 1_500 },
      ],
      all: [{ n: 2_500 }],
    });
  });

  it("what is unknown is refused, not silently wrong", async () => {
    expect(await failureOf(world.messages.collection.aggregate([{ $noSuchStage: {} }]).toArray())).toHaveProperty("code");
    expect(await failureOf(world.messages.collection.aggregate([{ $project: { x: { $noSuchOperator: 1 } } }]).toArray())).toHaveProperty(
      "code",
    );
  });
});

// Each of these replaces a form that SecantusDB answers wrongly or far too slowly. They must give the same on any server.
describe("the forms we use so that every server agrees", () => {
  it("a field of every array element by $map, never by a dotted path in an expression", async () => {
    const [conversation] = await world.conversations.aggregate([
      { $match: { workspaceId: "w", externalId: "c1" } },
      { $project: { _id: 0, keys: { $map: { input: "$participants", as: "one", in: "$$one.key" } } } },
    ]);
    expect(conversation).toEqual({ keys: ["u1", "v1"] });
  });

  it("the same by $unwind", async () => {
    const keys = await world.conversations.aggregate([
      { $match: { workspaceId: "w", externalId: "c1" } },
      { $unwind: "$participants" },
      { $project: { _id: 0, key: "$participants.key" } },
    ]);
    expect(keys).toEqual([{ key: "u1" }, { key: "v1" }]);
  });

  it("durations by $dateDiff and $dateAdd, never by $subtract", async () => {
    const start = new Date("2025-12-30T00:00:00Z");
    const [message] = await world.messages.aggregate([
      { $match: { n: 5 } },
      {
        $project: {
          _id: 0,
          minutes: { $dateDiff: { startDate: start, endDate: "$sentAt", unit: "minute" } },
          later: { $dateAdd: { startDate: "$sentAt", unit: "day", amount: 2 } },
        },
      },
    ]);
    expect(message).toEqual({ minutes: 3_030, later: new Date("2026-01-03T02:30:00Z") });
  });

  it("a sort with a limit, bounded by conversation, walks the index", async () => {
    const query = world.messages
      .find({ workspaceId: "w", conversationId: conversationIds[1] as Types.ObjectId })
      .sort({ sentAt: -1 })
      .limit(5);
    expect(JSON.stringify(await query.clone().explain("queryPlanner"))).toContain("by_conversation");
    expect((await query.lean()).map(({ n }) => n)).toEqual([2_491, 2_481, 2_471, 2_461, 2_451]);
  });
});
