import type { OutboundProjection } from "@herald/campaign";
import { expect, test } from "vitest";
import { conversationUpsert, deliveryEventsOf, messageUpsert } from "./projection-writes.ts";
import { anAttempt, aReply, aWorld } from "./testing/projections.ts";

const world = aWorld();

test("a document's id begins with its workspace, so that no key of one tenant can name another's", () => {
  for (const projection of [anAttempt(world, { sentAtMs: 11_000 }), aReply(world)]) {
    for (const { _id, workspaceId } of [messageUpsert(projection), conversationUpsert(projection), ...deliveryEventsOf(projection)]) {
      expect(_id.startsWith(`${world.workspaceId}:`)).toBe(true);
      expect(workspaceId).toBe(world.workspaceId);
    }
  }
});

test("what is not known yet is not written, so that it cannot erase what was known before", () => {
  const { update } = messageUpsert(anAttempt(world, { providerMessageId: null }));
  expect(update.$set).toEqual({});
  expect(update.$max).toEqual({});
  expect(update.$min).toEqual({ at: new Date(10_000) });
  expect(deliveryEventsOf(anAttempt(world))).toEqual([]);
});

test("each stage of an attempt's way is an event of its own", () => {
  const attempt = anAttempt(world, { sentAtMs: 11_000, deliveredAtMs: 12_000, failedAtMs: 13_000 });
  expect(deliveryEventsOf(attempt).map(({ _id, at }) => [_id, at])).toEqual([
    [`${world.workspaceId}:${attempt.messageKey}:sent`, new Date(11_000)],
    [`${world.workspaceId}:${attempt.messageKey}:delivered`, new Date(12_000)],
    [`${world.workspaceId}:${attempt.messageKey}:failed`, new Date(13_000)],
  ]);
});

test("a later receipt has the higher rank, and the rank is compared first", () => {
  const rankOf = (receipt: OutboundProjection["receipt"]) =>
    messageUpsert(anAttempt(world, { receipt })).update.$max?.receipt?.rank ?? Number.NaN;
  const ranks = (["sent", "undelivered", "delivered", "read", "played"] as const).map(rankOf);
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(Object.keys(messageUpsert(anAttempt(world, { receipt: "read" })).update.$max?.receipt ?? {})[0]).toBe("rank");
  expect(() => rankOf("eaten" as "read")).toThrow('"eaten" is not a receipt');
});
