import type { ConversationLog, ProjectionFeed } from "./conversation-log.ts";

/** Brings what the ledger and the inbox know to the conversation store, in order, in bulk. A store that is away keeps the rows waiting, nothing is lost. */
export async function projectConversations(
  deps: { readonly feed: ProjectionFeed; readonly conversations: ConversationLog },
  limit: number,
): Promise<number> {
  const rows = await deps.feed.claim(limit);
  if (rows.length === 0) return 0;
  const outboxIds = rows.map((row) => row.outboxId);
  try {
    await deps.conversations.apply(rows.flatMap((row) => row.projections));
  } catch (error) {
    await deps.feed.markProblem(outboxIds, error instanceof Error ? error.message : "unknown problem");
    throw error;
  }
  await deps.feed.markDone(outboxIds);
  return rows.length;
}
