import type { MessageState } from "@herald/campaign";
import type { Receipt } from "@herald/provider";
import type pg from "pg";
import { expect } from "vitest";

type Db = pg.Pool | pg.Client;

// one statement, one snapshot
const balanceSql = `
  select h.planned, to_jsonb(n) as counted, to_jsonb(r) as recounted,
    (select sum(value::int)::int from jsonb_each_text(to_jsonb(n))) as total,
    (select bool_and(value::int >= 0) from jsonb_each_text(to_jsonb(n))) as "isNatural"
  from campaign_history h cross join lateral herald.campaign_counts(h.id) n cross join lateral herald.recount(h.id) r
  where h.id = any ($1)`;

/** Law L1 in one snapshot: the counters are the recount, they add up to what was planned, and none is below zero. */
export async function expectBalance(db: Db, campaignIds: readonly string[]): Promise<void> {
  const { rows } = await db.query(balanceSql, [campaignIds]);
  expect(rows).toHaveLength(campaignIds.length);
  for (const row of rows) {
    expect(row.counted, "counters equal the recount").toEqual(row.recounted);
    expect(row.total, "planned is the sum of the buckets").toBe(row.planned);
    expect(row.isNatural, "no bucket is below zero").toBe(true);
  }
}

export type MessageRow = {
  readonly id: string;
  readonly contactId: string;
  readonly state: MessageState;
  readonly receipt: Receipt | null;
  readonly attempt: number;
  readonly tries: number;
  readonly epoch: number;
  readonly reason: string | null;
  readonly isQueued: boolean;
};

const messagesSql = `
  select id, contact_id as "contactId", state, receipt, attempt, tries, epoch, reason, next_at is not null as "isQueued"
  from campaign_messages where campaign_id = $1 order by id`;

/** The rows of a campaign in the order of its recipients. */
export const messagesOf = async (db: Db, campaignId: string): Promise<readonly MessageRow[]> =>
  (await db.query<MessageRow>(messagesSql, [campaignId])).rows;

/** How many requests were ever intended for a campaign. */
export async function attemptCount(db: Db, campaignId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>("select count(*)::int as count from campaign_attempts where campaign_id = $1", [
    campaignId,
  ]);
  return rows[0]?.count ?? 0;
}

/** Sets what a person's verb would set. */
export async function setFlag(db: Db, campaignId: string, flag: "running" | "paused" | "cancelled"): Promise<void> {
  await db.query("update campaign_controls set flag = $2, control_seq = control_seq + 1 where campaign_id = $1", [campaignId, flag]);
}
