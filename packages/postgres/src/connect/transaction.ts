import type { WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { type Sql, sqlOf } from "./sql.ts";

/**
 * Begins, runs, and commits when `mayCommit` says so; else, and after anything thrown, nothing of it stays.
 * A connection that broke under way is thrown away, not given back.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<T>,
  mayCommit: (value: T) => boolean = () => true,
): Promise<T> {
  const client = await pool.connect();
  const sql = sqlOf(client);
  let broken: Error | undefined;
  try {
    await sql("begin");
    const value = await work(sql);
    await sql(mayCommit(value) ? "commit" : "rollback");
    return value;
  } catch (error) {
    await sql("rollback").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One transaction of the engine, bound to one workspace (law L10). */
export function inWorkspace<T>(pool: pg.Pool, workspaceId: WorkspaceId, work: (sql: Sql) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (sql) => {
    await sql("select herald.enter_workspace($1)", [workspaceId]);
    return work(sql);
  });
}
