import type { OutboundProjection, Projection } from "@herald/campaign";
import fc from "fast-check";
import mongoose from "mongoose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createConversationLog } from "./conversation-log.ts";
import { createConversationReader } from "./testing/conversation-reader.ts";
import { aContactId, anAttempt, aReply, aWorld, type World } from "./testing/projections.ts";
import { testMongo } from "./testing/test-mongo.ts";

const mongo = testMongo();
const log = createConversationLog(mongo);
const reader = createConversationReader(mongo);

beforeAll(() => mongo.ensureIndexes());
afterAll(() => mongo.close());

/** Everything stored for a workspace, in a stable order. */
async function stored({ workspaceId }: World) {
  const { messages, conversations, deliveryEvents } = await mongo.open();
  const inOrder = { sort: { _id: 1 } } as const;
  return {
    messages: await messages.find({ workspaceId }, null, inOrder).lean(),
    conversations: await conversations.find({ workspaceId }, null, inOrder).lean(),
    deliveryEvents: await deliveryEvents.find({ workspaceId }, null, inOrder).lean(),
  };
}

/** The same attempt as the ledger shows it from accepted to read. */
function wayOf(attempt: OutboundProjection): readonly OutboundProjection[] {
  const sent: OutboundProjection = { ...attempt, receipt: "sent", sentAtMs: 11_000 };
  const delivered: OutboundProjection = { ...sent, receipt: "delivered", deliveredAtMs: 12_000 };
  return [attempt, sent, delivered, { ...delivered, receipt: "read", readAtMs: 13_000 }];
}

test("applying twice is applying once", async () => {
  const world = aWorld();
  const contactId = aContactId();
  const projections = [anAttempt(world, { contactId, receipt: "sent", sentAtMs: 11_000 }), aReply(world, { contactId })];
  await log.apply(projections);
  const once = await stored(world);
  await log.apply(projections);
  await log.apply([...projections, ...projections]);
  expect(await stored(world)).toEqual(once);
  expect([once.messages.length, once.conversations.length, once.deliveryEvents.length]).toEqual([2, 1, 1]);
});

test("receipts out of order only move an attempt forward (law L9)", async () => {
  const world = aWorld();
  const attempt = anAttempt(world);
  const [accepted, sent, delivered, read] = wayOf(attempt) as [
    OutboundProjection,
    OutboundProjection,
    OutboundProjection,
    OutboundProjection,
  ];
  for (const projection of [delivered, accepted, read, sent]) await log.apply([projection]);
  const { messages, deliveryEvents } = await stored(world);
  expect(messages).toMatchObject([
    { receipt: { name: "read" }, sentAt: new Date(11_000), deliveredAt: new Date(12_000), readAt: new Date(13_000) },
  ]);
  expect(deliveryEvents.map(({ event }) => event).toSorted()).toEqual(["delivered", "read", "sent"]);
});

test("any order, any repetition and any split into batches end in the same documents", async () => {
  const template = aWorld();
  const [ana, bia] = [aContactId(), aContactId()];
  const history: readonly Projection[] = [
    ...wayOf(anAttempt(template, { contactId: ana })),
    anAttempt(template, { contactId: ana, acceptedAtMs: 30_000, failedAtMs: 31_000, failureCode: "131026" }),
    aReply(template, { contactId: ana, campaignId: null }),
    ...wayOf(anAttempt(template, { contactId: bia })),
    aReply(template, { contactId: bia, receivedAtMs: 9_000 }),
  ];
  const inWorkspace = (world: World) =>
    history.map((projection) => ({ ...projection, workspaceId: world.workspaceId, senderId: world.senderId }));
  const bare = async (world: World) =>
    JSON.parse(
      JSON.stringify(await stored(world))
        .replaceAll(world.workspaceId, "workspace")
        .replaceAll(world.senderId, "sender"),
    ) as unknown;
  const reference = aWorld();
  await log.apply(inWorkspace(reference));
  const expected = await bare(reference);

  const shuffled = fc.shuffledSubarray([...history.keys()], { minLength: history.length });
  await fc.assert(
    fc.asyncProperty(
      shuffled,
      fc.array(fc.nat(history.length - 1), { maxLength: 5 }),
      fc.integer({ min: 1, max: 6 }),
      async (order, repeated, batch) => {
        const world = aWorld();
        const all = inWorkspace(world);
        const projections = [...order, ...repeated].flatMap((index) => all[index] ?? []);
        for (let start = 0; start < projections.length; start += batch) await log.apply(projections.slice(start, start + batch));
        expect(await bare(world)).toEqual(expected);
      },
    ),
    { numRuns: 25 },
  );
});

test("a conversation shows its latest message, whole, whenever that arrives", async () => {
  const world = aWorld();
  const contactId = aContactId();
  await log.apply([aReply(world, { contactId, text: "até logo", receivedAtMs: 40_000 })]);
  await log.apply([anAttempt(world, { contactId, acceptedAtMs: 10_000 })]);
  const { conversations } = await stored(world);
  expect(conversations).toMatchObject([
    { firstMessageAt: new Date(10_000), lastMessage: { at: new Date(40_000), direction: "inbound", text: "até logo", templateName: null } },
  ]);
});

test("writers that meet on the same documents, new and known, all succeed", async () => {
  const world = aWorld();
  const ways = Array.from({ length: 100 }, () => wayOf(anAttempt(world)));
  const stage = (index: number) => ways.flatMap((way) => way[index] ?? []);
  await Promise.all(Array.from({ length: 8 }, (_, writer) => log.apply(stage(writer % 2))));
  await Promise.all(Array.from({ length: 8 }, (_, writer) => log.apply(stage(writer % 4))));
  const { messages, conversations, deliveryEvents } = await stored(world);
  expect([messages.length, conversations.length, deliveryEvents.length]).toEqual([100, 100, 300]);
  expect(new Set(messages.map(({ receipt }) => receipt?.name))).toEqual(new Set(["read"]));
});

test("workspaces that name the same message keep it apart (law L10)", async () => {
  const [one, other] = [aWorld(), aWorld()];
  const reply = aReply(one);
  await log.apply([reply, { ...reply, workspaceId: other.workspaceId, text: "other" }]);
  expect((await stored(one)).messages.map(({ text }) => text)).toEqual(["quero sim"]);
  expect((await stored(other)).messages.map(({ text }) => text)).toEqual(["other"]);
});

test("a campaign's figures count attempts, replies and conversations", async () => {
  const world = aWorld();
  const contactId = aContactId();
  await log.apply([
    ...wayOf(anAttempt(world, { contactId })),
    anAttempt(world, { contactId, failedAtMs: 12_000, failureCode: "131026" }),
    anAttempt(world),
    aReply(world, { contactId }),
    anAttempt(aWorld(), { workspaceId: world.workspaceId }),
  ]);
  expect(await reader.campaignStats(world.workspaceId, world.campaignId)).toEqual({
    outbound: 3,
    inbound: 1,
    conversations: 2,
    withoutConversation: 0,
    receipts: { none: 2, read: 1 },
    failed: 1,
    deliveryEvents: 4,
  });
});

test("a message without its conversation is noticed", async () => {
  const world = aWorld();
  await log.apply([anAttempt(world)]);
  await (await mongo.open()).conversations.deleteMany({ workspaceId: world.workspaceId });
  expect(await reader.campaignStats(world.workspaceId, world.campaignId)).toMatchObject({ conversations: 0, withoutConversation: 1 });
});

test("5,000 projections are applied in bulk, new and again", async () => {
  const world = aWorld();
  const accepted = Array.from({ length: 5000 }, () => anAttempt(world));
  const delivered = accepted.map((attempt) => ({ ...attempt, receipt: "delivered" as const, sentAtMs: 11_000, deliveredAtMs: 12_000 }));
  const timed = async (projections: readonly Projection[]) => {
    const startedMs = performance.now();
    await log.apply(projections);
    return Math.round(performance.now() - startedMs);
  };
  const [firstMs, receiptsMs, againMs] = [await timed(accepted), await timed(delivered), await timed(delivered)];
  process.stdout.write(`5,000 projections: accepted ${firstMs} ms, with receipts ${receiptsMs} ms, the same again ${againMs} ms\n`);
  expect(await reader.campaignStats(world.workspaceId, world.campaignId)).toMatchObject({
    outbound: 5000,
    conversations: 5000,
    deliveryEvents: 10_000,
  });
});

test("no model is global", () => {
  expect(mongoose.modelNames()).toEqual([]);
});
