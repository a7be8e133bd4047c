import pg from "pg";
import { one, type Sql, sqlOf } from "./sql.ts";

/** Whoever wanted the work has said that it is to end; nothing of it stays. */
export class WorkStopped extends Error {
  override readonly name = "WorkStopped";
  constructor() {
    super("the work was stopped by whoever had asked for it");
  }
}

export type Stoppable = {
  /** Begins nothing more once the signal has come. */
  readonly sql: Sql;
  /** Before the connection goes to anybody else: a cancellation under way must not meet the next one's statement. */
  readonly release: () => Promise<void>;
};

/**
 * Statements of one transaction that end within moments of the signal: the one that runs, or waits for a lock, is cancelled at the server,
 * over a connection of its own, as the pool may be exhausted by just such work.
 */
export async function stoppable(sql: Sql, connection: pg.ClientConfig, signal: AbortSignal): Promise<Stoppable> {
  if (signal.aborted) throw new WorkStopped();
  const { pid } = await one<{ pid: number }>(sql, "select pg_backend_pid() as pid");
  let cancelling: Promise<unknown> = Promise.resolve();
  const onAbort = (): void => {
    // unheard, the statement ends in its own time, and no other begins
    cancelling = cancel(connection, pid).catch(() => undefined);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    sql: async (text, values) => {
      if (signal.aborted) throw new WorkStopped();
      return sql(text, values);
    },
    async release() {
      signal.removeEventListener("abort", onAbort);
      await cancelling;
    },
  };
}

async function cancel(connection: pg.ClientConfig, pid: number): Promise<void> {
  const client = new pg.Client(connection);
  client.on("error", () => undefined);
  try {
    await client.connect();
    await sqlOf(client)("select pg_cancel_backend($1)", [pid]);
  } finally {
    await client.end();
  }
}
