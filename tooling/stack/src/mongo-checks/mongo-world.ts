import { randomUUID } from "node:crypto";
import mongoose, { type Connection, Schema } from "mongoose";
import { setting, type TestStack } from "../testing/test-stack.ts";

const conversationSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    externalId: String,
    title: String,
    status: String,
    assignee: String,
    lastMessageAt: Date,
    messageCount: { type: Number, default: 0 },
    firstSeenAt: Date,
    participants: [{ _id: false, key: String, role: String, n: Number }],
    tags: [String],
  },
  { timestamps: true, optimisticConcurrency: true, autoIndex: false },
);
conversationSchema.index({ workspaceId: 1, externalId: 1 }, { unique: true, name: "workspace_external" });
conversationSchema.index(
  { workspaceId: 1, assignee: 1 },
  { unique: true, name: "open_assignee", partialFilterExpression: { status: "open", assignee: { $exists: true } } },
);
conversationSchema.index({ workspaceId: 1, lastMessageAt: -1, _id: -1 }, { name: "latest" });

const messageSchema = new Schema(
  {
    workspaceId: String,
    conversationId: Schema.Types.ObjectId,
    externalId: String,
    direction: String,
    sentAt: Date,
    n: Number,
    tags: [String],
  },
  { autoIndex: false },
);
messageSchema.index({ workspaceId: 1, conversationId: 1, sentAt: 1 }, { name: "by_conversation" });

const outboxSchema = new Schema(
  { topic: String, status: String, availableAt: Date, token: String, attempts: { type: Number, default: 0 }, n: Number },
  { autoIndex: false },
);
outboxSchema.index({ status: 1, availableAt: 1, _id: 1 }, { name: "claim" });

/** A database of its own on the stack's server, with the kinds of collections the product keeps. */
export async function openMongoWorld(stack: TestStack) {
  const url = new URL(setting(stack.settings, "MONGODB_URL"));
  url.pathname = `/stack_check_${randomUUID().replaceAll("-", "")}`;
  const connection: Connection = await mongoose.createConnection(url.href, { serverSelectionTimeoutMS: 8_000 }).asPromise();
  const world = {
    url: url.href,
    connection,
    conversations: connection.model("Conversation", conversationSchema),
    messages: connection.model("Message", messageSchema),
    outbox: connection.model("Outbox", outboxSchema),
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
  for (const model of [world.conversations, world.messages, world.outbox]) await model.createIndexes();
  return world;
}

export type MongoWorld = Awaited<ReturnType<typeof openMongoWorld>>;

/** What a promise was rejected with; fails when it was not. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<{ code?: unknown; name?: unknown; keyPattern?: unknown; keyValue?: unknown; writeErrors?: unknown[] }> {
  const outcome = await work.then(
    () => undefined,
    (error: object) => error,
  );
  if (outcome === undefined) throw new Error("it was accepted");
  return outcome;
}
