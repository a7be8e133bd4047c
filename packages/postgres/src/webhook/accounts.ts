import type { AccountOwner, AccountPort, LapsedBlock, LapsedBlocks } from "@herald/campaign";
import type pg from "pg";
import { retrying } from "../connect/errors.ts";
import { one, oneOrNone, sqlOf } from "../connect/sql.ts";

const ownerSql = `select workspace_id as "workspaceId", source_id as "sourceId" from herald.source_of_account($1, $2)`;

export function createAccounts(pool: pg.Pool): AccountPort {
  const sql = sqlOf(pool);
  return {
    ownerOf: (provider, providerAccountId) =>
      retrying(() => oneOrNone<AccountOwner>(sql, ownerSql, [provider, providerAccountId]), { isRepeatable: true }),
    record: (owner, event) =>
      retrying(
        async () => {
          await sql("select herald.record_account_event($1, $2, $3)", [owner.workspaceId, owner.sourceId, JSON.stringify(event)]);
        },
        { isRepeatable: true },
      ),
  };
}

export function createLapsedBlocks(pool: pg.Pool): LapsedBlocks {
  const sql = sqlOf(pool);
  return {
    list: () => sql<LapsedBlock>(`select workspace_id as "workspaceId", block_id as "blockId" from herald.blocks_to_lift()`),
    lift: ({ workspaceId, blockId }) =>
      retrying(
        async () => (await one<{ isDone: boolean }>(sql, 'select herald.lift_block($1, $2) as "isDone"', [workspaceId, blockId])).isDone,
        { isRepeatable: true },
      ),
  };
}
