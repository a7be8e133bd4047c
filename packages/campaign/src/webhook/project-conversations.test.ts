import { expect, test } from "vitest";
import type { ConversationLog, ProjectionFeed } from "./conversation-log.ts";
import { projectConversations } from "./project-conversations.ts";

/** Two rows of the outbox; what is in them does not matter here. */
function aWorld(apply: ConversationLog["apply"]) {
  const calls: string[] = [];
  const waiting = ["1", "2"];
  const feed: ProjectionFeed = {
    claim: async (limit) => waiting.slice(0, limit).map((outboxId) => ({ outboxId, projections: [] })),
    markDone: async (outboxIds) => {
      calls.push(`done ${outboxIds.join()}`);
      waiting.splice(0, outboxIds.length);
    },
    markProblem: async (outboxIds, problem) => void calls.push(`problem ${outboxIds.join()}: ${problem}`),
  };
  return { calls, deps: { feed, conversations: { apply } } };
}

test("rows are done once the conversation store has them", async () => {
  const { calls, deps } = aWorld(async () => void calls.push("applied"));
  expect(await projectConversations(deps, 10)).toBe(2);
  expect(calls).toEqual(["applied", "done 1,2"]);
  expect(await projectConversations(deps, 10)).toBe(0);
});

test("a conversation store that is away keeps the rows waiting, with the reason", async () => {
  const { calls, deps } = aWorld(() => Promise.reject(new Error("no primary")));
  await expect(projectConversations(deps, 10)).rejects.toThrow("no primary");
  expect(calls).toEqual(["problem 1,2: no primary"]);
});
