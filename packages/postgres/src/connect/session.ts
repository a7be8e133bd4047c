import pg from "pg";
import { type ConnectionConfig, clientConfig } from "./config.ts";
import { StatementDeadlinePassed } from "./errors.ts";
import { createPredecessors } from "./predecessors.ts";
import { type Sql, sqlOf } from "./sql.ts";

/** One connection of its own, opened when needed and again after it broke. Its statements run one after another. */
export type Session = {
  readonly sql: Sql;
  readonly close: () => Promise<void>;
};

export type SessionOptions = {
  /** Runs once on every new connection, before anything else. */
  readonly onOpen?: (sql: Sql) => Promise<unknown>;
  /**
   * A statement without an answer by then rejects as `StatementDeadlinePassed`, and its connection is dropped; the next statement opens
   * another one, and ends the old backend first. Default: a statement may take for ever.
   */
  readonly statementDeadlineMs?: number;
};

export function createSession(config: ConnectionConfig, { onOpen, statementDeadlineMs }: SessionOptions = {}): Session {
  const predecessors = statementDeadlineMs === undefined ? null : createPredecessors(statementDeadlineMs);
  let current: Promise<pg.Client> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function connect(onBroken: () => void): Promise<pg.Client> {
    const client = new pg.Client(clientConfig(config));
    client.on("error", onBroken);
    client.on("end", onBroken);
    await client.connect();
    const sql = boundedSql(client, statementDeadlineMs);
    try {
      await predecessors?.end(sql);
      await onOpen?.(sql);
    } catch (error) {
      void client.end().catch(() => undefined); // nobody will ever hold this connection
      throw error;
    }
    return client;
  }

  function open(): Promise<pg.Client> {
    if (current) return current;
    const opening: Promise<pg.Client> = connect(() => {
      if (current === opening) current = null;
    });
    current = opening;
    opening.catch(() => {
      if (current === opening) current = null;
    });
    return opening;
  }

  async function run<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    const opening = open();
    const client = await opening;
    try {
      return await boundedSql(client, statementDeadlineMs)<Row>(text, values);
    } catch (error) {
      // not left to the socket's own event: the next statement must not meet the connection that was dropped
      if (error instanceof StatementDeadlinePassed && current === opening) current = null;
      throw error;
    }
  }

  /** pg itself is giving up queueing statements on a client. */
  function inTurn<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    const answer = last.then(() => run<Row>(text, values));
    last = answer.catch(() => undefined);
    return answer;
  }

  return {
    sql: inTurn,
    async close() {
      const client = await current?.catch(() => null);
      current = null;
      await client?.end();
    },
  };
}

/** Statements of one connection, which is dropped by the first that has no answer in time. */
function boundedSql(client: pg.Client, deadlineMs: number | undefined): Sql {
  const sql = sqlOf(client);
  if (deadlineMs === undefined) return sql;
  return async <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => {
    const passed = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      passed.reject(new StatementDeadlinePassed(deadlineMs));
      // with a statement under way pg destroys the socket at once, without a word to a server that may not listen
      void client.end().catch(() => undefined);
    }, deadlineMs);
    try {
      return await Promise.race([sql<Row>(text, values), passed.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}
