import { type ConnectionConfig, createPool } from "../connect/config.ts";
import { sqlOf } from "../connect/sql.ts";

export type WebhookDoor = {
  /** Resolves once the bytes are durably stored; only then may the provider be told 200. Rejects: 503. */
  readonly appendToInbox: (provider: string, rawBody: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Role herald_door: may append to the inbox and do nothing else. */
export function createDoor(config: ConnectionConfig & { readonly maxConnections?: number }): WebhookDoor {
  const pool = createPool(config, config.maxConnections ?? 5);
  const sql = sqlOf(pool);
  return {
    async appendToInbox(provider, rawBody) {
      await sql("insert into webhook_inbox (provider, body) values ($1, $2)", [provider, Buffer.from(rawBody)]);
    },
    close: () => pool.end(),
  };
}
