import type { OverflowWatch } from "@herald/campaign";
import type pg from "pg";
import { msOf, one, sqlOf, timestampOf } from "../connect/sql.ts";

const noteSql = `
  insert into overflow_watch as w (waiting, checked_at) values ($1, ${timestampOf("$2")})
  on conflict (singleton) do update set waiting = excluded.waiting, checked_at = excluded.checked_at where w.checked_at < excluded.checked_at`;

export function createOverflowWatch(pool: pg.Pool): OverflowWatch {
  const sql = sqlOf(pool);
  return {
    clockMs: async () => (await one<{ nowMs: number }>(sql, `select ${msOf("clock_timestamp()")} as "nowMs"`)).nowMs,
    async note({ waiting, lookedAtMs }) {
      await sql(noteSql, [waiting, lookedAtMs]);
    },
  };
}
