import type { WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { type Sql, sqlOf } from "./sql.ts";
import { type Stoppable, stoppable, WorkStopped } from "./stoppable.ts";

export type TransactionOptions<T> = {
  /** Default: whatever the work answers is committed. */
  readonly mayCommit?: (value: T) => boolean;
  /** Ends the transaction after this; default: the role's own limit. Postgres takes it only before the beginning. */
  readonly maxMs?: number;
  /** Ends the work, wherever it stands, as `WorkStopped` or as the statement that was cancelled; nothing of it stays. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Begins, runs, and commits when `mayCommit` says so; else, and after anything thrown, nothing of it stays.
 * A connection that broke under way is thrown away, not given back.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<T>,
  { mayCommit = () => true, maxMs, signal }: TransactionOptions<T> = {},
): Promise<T> {
  const client = await pool.connect();
  const sql = sqlOf(client);
  let broken: Error | undefined;
  let stop: Stoppable | null = null;
  const onBroken = (error: Error): void => {
    broken = error;
  };
  // the pool listens to idle clients only: unheard, the end of a connection in use would end the process
  client.on("error", onBroken);
  try {
    if (maxMs !== undefined) await sql("select set_config('transaction_timeout', $1, false)", [`${maxMs}ms`]);
    await sql("begin");
    stop = signal ? await stoppable(sql, pool.options, signal) : null;
    const value = await work(stop?.sql ?? sql);
    if (signal?.aborted) throw new WorkStopped();
    const wanted = mayCommit(value) ? "COMMIT" : "ROLLBACK";
    const { command } = await client.query(wanted);
    // Postgres answers COMMIT with ROLLBACK, and no error, when a statement had failed and somebody swallowed it
    if (command !== wanted) throw new Error("the transaction had failed and was rolled back");
    return value;
  } catch (error) {
    await sql("rollback").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    await stop?.release();
    if (maxMs !== undefined) await sql("reset transaction_timeout").catch(onBroken);
    client.off("error", onBroken);
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
