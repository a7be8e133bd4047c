import pg from "pg";

/** Where a role connects. Addresses and passwords are the caller's; nothing here reads an environment. */
export type ConnectionConfig = {
  /** `postgresql://role:password@host:port/database`. For the engine a session-mode address: a transaction pooler would share its connections. */
  readonly url: string;
  readonly applicationName: string;
};

const connectTimeoutMs = 5000;
/** Idle time until TCP first probes the peer; how long the probes go on is the kernel's (minutes). It bounds no statement: see `statementDeadlineMs`. */
const keepAliveAfterMs = 5000;

export const clientConfig = (config: ConnectionConfig): pg.ClientConfig => ({
  connectionString: config.url,
  application_name: config.applicationName,
  connectionTimeoutMillis: connectTimeoutMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveAfterMs,
});

export function createPool(config: ConnectionConfig, maxConnections: number): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(config), max: maxConnections, idleTimeoutMillis: 30_000 });
  // an idle connection that breaks is replaced by the pool; the statement that meets a broken one rejects by itself
  pool.on("error", () => undefined);
  return pool;
}
