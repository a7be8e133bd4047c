import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createConversationLog } from "./conversation-log.ts";
import { UnboundedFilter } from "./guard.ts";
import { createMongo } from "./mongo.ts";
import { anAttempt, aWorld } from "./testing/projections.ts";
import { testMongo, testMongoUrl } from "./testing/test-mongo.ts";

const mongo = testMongo({ monitorCommands: "true" });
const { workspaceId } = aWorld();

beforeAll(() => mongo.ensureIndexes());
afterAll(() => mongo.close());

test("indexes are made once and are the schema's", async () => {
  await mongo.ensureIndexes();
  for (const model of Object.values(await mongo.open())) {
    const { toCreate, toDrop } = await model.diffIndexes();
    expect([model.modelName, toCreate, toDrop]).toEqual([model.modelName, [], []]);
  }
});

test("a filter that names no workspace is refused before it reaches the server", async () => {
  const { messages, overflow } = await mongo.open();
  const nobody = undefined as unknown as string;
  await expect(messages.deleteMany({})).rejects.toThrow(UnboundedFilter);
  await expect(messages.updateMany({ workspaceId: nobody }, { $set: { text: "x" } })).rejects.toThrow(UnboundedFilter);
  await expect(messages.find({ campaignId: "c" }).lean()).rejects.toThrow(UnboundedFilter);
  await expect(messages.countDocuments()).rejects.toThrow(UnboundedFilter);
  await expect(messages.distinct("contactId")).rejects.toThrow(UnboundedFilter);
  await expect(messages.aggregate([{ $group: { _id: "$workspaceId" } }])).rejects.toThrow(UnboundedFilter);
  await expect(messages.bulkWrite([{ deleteMany: { filter: {} } }])).rejects.toThrow(UnboundedFilter);
  await expect(overflow.deleteMany({})).rejects.toThrow(UnboundedFilter);
});

test("an unknown path in a filter or a document throws instead of being dropped", async () => {
  const { messages } = await mongo.open();
  const typo = { campaingId: "c" } as Record<string, string>;
  await expect(messages.find({ workspaceId, ...typo }).lean()).rejects.toThrow("strictQuery");
  await expect(messages.updateOne({ workspaceId }, { $set: typo })).rejects.toThrow("strict mode");
});

test("every write asks for a majority and the journal", async () => {
  const { messages } = await mongo.open();
  const concerns: unknown[] = [];
  messages.db.getClient().on("commandStarted", ({ command }) => {
    if ("insert" in command || "commitTransaction" in command) concerns.push(command["writeConcern"]);
  });
  const attempt = anAttempt(aWorld());
  await createConversationLog(mongo).apply([attempt]);
  await createConversationLog(mongo).apply([{ ...attempt, receipt: "sent", sentAtMs: 11_000 }]);
  // inserted: message, conversation, event; changed in a transaction each: message, conversation
  expect(concerns).toHaveLength(5);
  for (const concern of concerns) expect(concern).toMatchObject({ w: "majority", j: true });
});

test("a server that is away is reported within the deadline, and found once it is back", async () => {
  const silent = createServer();
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const { port } = silent.address() as { port: number };
  const lost = createMongo({ url: `mongodb://127.0.0.1:${port}/x?directConnection=true`, serverSelectionTimeoutMs: 300 });
  const startedMs = performance.now();
  expect(await lost.isReachable(100)).toBe(false);
  expect(performance.now() - startedMs).toBeLessThan(250);
  await expect(createConversationLog(lost).apply([anAttempt(aWorld())])).rejects.toThrow("timed out");
  await lost.close();
  silent.close();
  expect(await mongo.isReachable(1000)).toBe(true);
});

test("an application that started while MongoDB was away reaches it later", async () => {
  const url = new URL(testMongoUrl());
  const target = Number(url.port);
  const reserved = createServer();
  await once(reserved.listen(0, "127.0.0.1"), "listening");
  const { port } = reserved.address() as { port: number };
  await new Promise((resolve) => reserved.close(resolve));
  url.port = String(port);
  const early = createMongo({ url: url.href, serverSelectionTimeoutMs: 300 });
  expect(await early.isReachable(1000)).toBe(false);
  const { connect } = await import("node:net");
  const proxy = createServer((socket) => {
    const upstream = connect(target, "127.0.0.1");
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) end.on("error", () => socket.destroy());
  });
  await once(proxy.listen(port, "127.0.0.1"), "listening");
  expect(await early.isReachable(2000)).toBe(true);
  await early.close();
  proxy.close();
});
