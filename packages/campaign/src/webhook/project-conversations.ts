import type { ConversationLog, ProjectionFeed, ProjectionRow } from "./conversation-log.ts";

type ProjectDeps = { readonly feed: ProjectionFeed; readonly conversations: ConversationLog };

/** Rows that were refused once go in groups of at most this, next time in smaller ones, at last alone. */
const groupSizes = [Number.POSITIVE_INFINITY, 64, 8, 1] as const;
/** So many refusals in a row, and nothing written: it is the store that is away, and asking on would only take its time. */
const refusalsOfAnOutage = 2;

/**
 * Brings what the ledger and the inbox know to the conversation store, in bulk; answers how many rows. One that the store refuses is parted from
 * its neighbours in a few passes and holds up none of them. A store that is away keeps the rows waiting, and rejects; nothing is lost.
 */
export async function projectConversations(deps: ProjectDeps, limit: number): Promise<number> {
  const groups = groupsOf(await deps.feed.claim(limit));
  let done = 0;
  const failures: unknown[] = [];
  for (const group of groups) {
    const failure = await project(deps, group);
    if (failure === null) done += group.length;
    else failures.push(failure.cause);
    if (done === 0 && failures.length >= refusalsOfAnOutage) break;
  }
  if (done === 0 && failures.length > 0) throw failures[0];
  return done;
}

async function project({ feed, conversations }: ProjectDeps, group: readonly ProjectionRow[]): Promise<{ readonly cause: unknown } | null> {
  const outboxIds = group.map((row) => row.outboxId);
  try {
    await conversations.apply(group.flatMap((row) => row.projections));
  } catch (cause) {
    await feed.markProblem(outboxIds, cause instanceof Error ? cause.message : "unknown problem");
    return { cause };
  }
  await feed.markDone(outboxIds);
  return null;
}

/** Rows of one size together, those that were never refused first. */
function groupsOf(rows: readonly ProjectionRow[]): readonly (readonly ProjectionRow[])[] {
  const rowsBySize = Map.groupBy(rows, ({ tries }) => groupSizes[tries] ?? 1);
  return [...rowsBySize]
    .toSorted(([one], [other]) => other - one)
    .flatMap(([size, ofSize]) =>
      size >= ofSize.length
        ? [ofSize]
        : Array.from({ length: Math.ceil(ofSize.length / size) }, (_, nth) => ofSize.slice(nth * size, (nth + 1) * size)),
    );
}
