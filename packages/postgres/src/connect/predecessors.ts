import pg from "pg";
import { one, type Sql } from "./sql.ts";

/** The start, in seconds since the Unix epoch, tells a backend from a later one with the same process id. */
type Backend = { readonly pid: number; readonly started: string };

const startOf = "extract(epoch from backend_start)::text";
const selfSql = `select pid, ${startOf} as started from pg_stat_activity where pid = pg_backend_pid()`;
/** A role may end its own backends. The server waits for the end, so what was not committed by now never will be. */
const endSql = `select pg_terminate_backend(pid, $3) from pg_stat_activity
  join unnest($1::int[], $2::text[]) as old (old_pid, old_started) on old_pid = pid and old_started = ${startOf}`;
const longestWaitMs = 1000;

/**
 * Ends what earlier connections of one session left on the server: a backend whose client is gone may still wait for a lock, and would
 * commit after somebody else had cleaned up behind it. Best effort: one that does not end in time, or may not be ended, is left alone.
 * @param deadlineMs of one statement; the wait stays below it
 */
export function createPredecessors(deadlineMs: number): { readonly end: (sql: Sql) => Promise<void> } {
  let backends: readonly Backend[] = [];
  return {
    async end(sql) {
      // asked of the server: behind a pooler the client is told another number
      const self = await one<Backend>(sql, selfSql);
      const old = backends;
      backends = [...old, self];
      if (old.length > 0) {
        const waitMs = Math.max(1, Math.floor(Math.min(longestWaitMs, deadlineMs / 2) / old.length));
        await sql(endSql, [old.map(({ pid }) => pid), old.map(({ started }) => started), waitMs]).catch((error: unknown) => {
          if (!(error instanceof pg.DatabaseError)) throw error; // this connection broke as well: the next one tries again
        });
      }
      backends = [self];
    },
  };
}
