import type { OverflowWatch } from "@herald/campaign";
import type pg from "pg";
import { msOf, one, sqlOf, timestampOf } from "../connect/sql.ts";

const noteSql = `select herald.note_overflow($1, ${timestampOf("$2")}, $3)`;

export function createOverflowWatch(pool: pg.Pool): OverflowWatch {
  const sql = sqlOf(pool);
  return {
    clockMs: async () => (await one<{ nowMs: number }>(sql, `select ${msOf("clock_timestamp()")} as "nowMs"`)).nowMs,
    async note({ waiting, setAside, lookedAtMs }) {
      await sql(noteSql, [waiting, lookedAtMs, JSON.stringify(setAside)]);
    },
  };
}
