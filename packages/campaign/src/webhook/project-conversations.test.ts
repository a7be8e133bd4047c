import { expect, test } from "vitest";
import { aCampaignId, aContactId, aMessageId, aSenderId, aWorkspaceId } from "../testing/ids.ts";
import type { ConversationLog, InboundProjection, ProjectionFeed } from "./conversation-log.ts";
import { projectConversations } from "./project-conversations.ts";

const aProjection = (outboxId: string): InboundProjection => ({
  kind: "inbound",
  workspaceId: aWorkspaceId(),
  senderId: aSenderId(),
  contactId: aContactId(),
  messageKey: outboxId,
  providerMessageId: outboxId,
  type: "text",
  text: null,
  receivedAtMs: 0,
  campaignId: aCampaignId(),
  repliesToMessageKey: String(aMessageId()),
});

/** Rows of the outbox, each with one projection whose key is the row's id. */
function aWorld(count: number, apply: (keys: readonly string[]) => void) {
  const waiting = new Map(Array.from({ length: count }, (_, nth) => [String(nth + 1), 0]));
  const done: string[] = [];
  const problems: string[] = [];
  let applied = 0;
  const feed: ProjectionFeed = {
    claim: async (limit) =>
      [...waiting].slice(0, limit).map(([outboxId, tries]) => ({ outboxId, tries, projections: [aProjection(outboxId)] })),
    markDone: async (outboxIds) => {
      done.push(...outboxIds);
      for (const outboxId of outboxIds) waiting.delete(outboxId);
    },
    markProblem: async (outboxIds, problem) => {
      problems.push(problem);
      for (const outboxId of outboxIds) waiting.set(outboxId, (waiting.get(outboxId) ?? 0) + 1);
    },
  };
  const conversations: ConversationLog = {
    apply: async (projections) => {
      applied += 1;
      apply(projections.map(({ messageKey }) => messageKey));
    },
  };
  return { waiting, done, problems, applied: () => applied, deps: { feed, conversations } };
}

test("rows are done once the conversation store has them", async () => {
  const { done, deps } = aWorld(2, () => undefined);
  expect(await projectConversations(deps, 10)).toBe(2);
  expect(done).toEqual(["1", "2"]);
  expect(await projectConversations(deps, 10)).toBe(0);
});

test("a conversation store that is away keeps the rows waiting, with the reason, and is not asked about each of them", async () => {
  const world = aWorld(500, () => {
    throw new Error("no primary");
  });
  for (let pass = 0; pass < 6; pass += 1) await expect(projectConversations(world.deps, 500)).rejects.toThrow("no primary");
  expect(world.waiting.size).toBe(500);
  expect(new Set(world.problems)).toEqual(new Set(["no primary"]));
  expect(world.applied()).toBeLessThanOrEqual(12);
});

test("a few documents that the store refuses are parted from their neighbours and hold up none of them", async () => {
  const bad = new Set(["7", "8", "300"]);
  const world = aWorld(500, (keys) => {
    if (keys.some((key) => bad.has(key))) throw new Error("not written (121)");
  });
  const pass = () => projectConversations(world.deps, 500).catch(() => 0);
  for (let passes = 0; passes < 6; passes += 1) await pass();
  expect(new Set(world.waiting.keys())).toEqual(bad);
  expect(world.done).toHaveLength(497);
  expect(new Set(world.done).size).toBe(497);
});
