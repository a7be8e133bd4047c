import type { ConnectionConfig } from "./config.ts";
import { createSession } from "./session.ts";
import { one, type Sql } from "./sql.ts";

/** Feeds that only one process of the deployment drains at a time, in order. */
const drainKeys = { inbox: 1, projections: 2 } as const;
/** Any constant does: it keeps our locks apart from other users of the database. */
const lockSpace = 0x4845;

export type Drain = {
  readonly sql: Sql;
  /** True when this process is the one that drains. The right lasts as long as its connection, so a dead process gives it up. */
  readonly isMine: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

export function createDrain(config: ConnectionConfig, name: keyof typeof drainKeys): Drain {
  let isHeld = false;
  const session = createSession(config, {
    onOpen: async () => {
      isHeld = false; // a new connection holds nothing
    },
  });
  return {
    sql: session.sql,
    async isMine() {
      if (isHeld) await session.sql("select 1"); // notices a broken connection before its right is used
      if (!isHeld)
        isHeld = (await one<{ got: boolean }>(session.sql, "select pg_try_advisory_lock($1, $2) as got", [lockSpace, drainKeys[name]])).got;
      return isHeld;
    },
    close: session.close,
  };
}
