import type pg from "pg";
import { one, sqlOf } from "./connect/sql.ts";

/** Rows of one kind that a call removes. */
const batch = 5000;
const inboxSql = "select herald.housekeep_inbox($1, make_interval(secs => $2::double precision / 1000)) as removed";

/** One call a transaction: where one fails the other has still removed what it could. Answers how many rows; rejects with all failures at the end. */
export function createHousekeeping(pool: pg.Pool, inboxKeptMs: number): () => Promise<number> {
  const sql = sqlOf(pool);
  return async () => {
    const parts = await Promise.allSettled([
      one<{ removed: number }>(sql, "select herald.housekeep($1) as removed", [batch]),
      one<{ removed: number }>(sql, inboxSql, [batch, inboxKeptMs]),
      one<{ removed: number }>(sql, "select herald.housekeep_live($1) as removed", [batch]),
    ]);
    const failures = parts.filter((part) => part.status === "rejected").map(({ reason }) => reason as unknown);
    if (failures.length > 0) throw new AggregateError(failures, "not everything that has served could be removed");
    return parts.reduce((sum, part) => sum + (part.status === "fulfilled" ? part.value.removed : 0), 0);
  };
}
