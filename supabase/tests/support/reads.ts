import { randomUUID } from "node:crypto";
import { eventually } from "@herald/testkit";
import type pg from "pg";

export type Reads = {
  /** How often the ledger was read from end to end. */
  readonly wholeScans: number;
  /** Rows and index entries that were taken into the hands, kept or not. */
  readonly rows: number;
};

const ledgerSql = `
  select sum(t.seq_scan)::int as "wholeScans",
    (sum(t.seq_tup_read) + (select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relname in ('campaign_messages', 'campaign_attempts')))::int as rows
  from pg_stat_user_tables t where t.relname in ('campaign_messages', 'campaign_attempts')`;

/** A backend tells what it read up to ten seconds later: after this, what the set-up read is told. */
export async function settleReads(pool: pg.Pool, ...clients: readonly pg.Client[]): Promise<void> {
  const pooled = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  for (const client of [...pooled, ...clients]) await client.query("select pg_stat_force_next_flush()");
  for (const client of pooled) client.release();
}

/** What an adapter of the product really read of messages and attempts, with its own role, policies and plans. Nobody else may read them meanwhile. */
export async function readsBy<T>(
  owner: pg.Client,
  work: (applicationName: string) => Promise<T>,
): Promise<{ readonly value: T; readonly reads: Reads }> {
  const look = async (): Promise<Reads> => {
    await owner.query("select pg_stat_clear_snapshot()");
    const { rows } = await owner.query<Reads>(ledgerSql);
    return rows[0] ?? { wholeScans: 0, rows: 0 };
  };
  const before = await look();
  const applicationName = `reads-${randomUUID()}`;
  const value = await work(applicationName);
  // a backend tells what it read when it ends, and is gone from the list only after that
  await eventually("the connections of the adapter have ended", async () => {
    await owner.query("select pg_stat_clear_snapshot()");
    return (await owner.query("select from pg_stat_activity where application_name = $1", [applicationName])).rowCount === 0;
  });
  const after = await look();
  return { value, reads: { wholeScans: after.wholeScans - before.wholeScans, rows: after.rows - before.rows } };
}
