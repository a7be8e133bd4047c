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

  return {
    sql: async (text, values) => sqlOf(await open())(text, values),
    async close() {
      const client = await current?.catch(() => null);
      current = null;
      await client?.end();
    },
  };
}
