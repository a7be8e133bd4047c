import pg from "pg";
import { type ConnectionConfig, clientConfig } from "./config.ts";
import { type Sql, sqlOf } from "./sql.ts";

/** One connection of its own, opened when needed and again after it broke. Its statements run one after another. */
export type Session = {
  readonly sql: Sql;
  readonly close: () => Promise<void>;
};

/** @param onOpen runs once on every new connection, before anything else. */
export function createSession(config: ConnectionConfig, onOpen: (sql: Sql) => Promise<unknown> = async () => undefined): Session {
  let current: Promise<pg.Client> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function connect(onBroken: () => void): Promise<pg.Client> {
    const client = new pg.Client(clientConfig(config));
    client.on("error", onBroken);
    client.on("end", onBroken);
    await client.connect();
    await onOpen(sqlOf(client));
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

  /** pg itself is giving up queueing statements on a client. */
  function inTurn<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    const run = async () => sqlOf(await open())<Row>(text, values);
    const answer = last.then(run);
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
