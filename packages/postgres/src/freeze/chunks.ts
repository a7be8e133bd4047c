import type { Chunk, ChunkEntry, ChunkStore } from "@herald/campaign";
import type pg from "pg";
import { retrying } from "../connect/errors.ts";
import { oneOrNone } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";

/** Frozen chunks as they were launched: the truth behind the cache. */
export function createChunkStore(pool: pg.Pool): ChunkStore {
  return {
    read: (workspaceId, campaignId, chunkNo): Promise<Chunk | null> =>
      retrying(
        () =>
          inWorkspace(pool, workspaceId, async (sql) => {
            const row = await oneOrNone<{ entries: readonly ChunkEntry[] }>(
              sql,
              "select entries from campaign_chunks where campaign_id = $1 and chunk_no = $2",
              [campaignId, chunkNo],
            );
            return row && { chunkNo, entries: row.entries };
          }),
        { isRepeatable: true },
      ),
  };
}
