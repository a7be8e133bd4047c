import type { Client } from "pg";

/** One attempt as our ledger has it, and the message it belongs to. */
export type LedgerAttempt = {
  readonly messageId: string;
  readonly attempt: number;
  readonly isNewest: boolean;
  readonly state: string;
  readonly outcome: string | null;
  readonly providerMessageId: string | null;
  readonly code: string | null;
  readonly receipts: readonly string[];
};
export type LedgerView = {
  readonly status: string;
  readonly planned: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly recount: Readonly<Record<string, number>>;
  readonly attempts: readonly LedgerAttempt[];
  /** Messages that were never intended, by state. */
  readonly neverTried: Readonly<Record<string, number>>;
};

/** The ledger of one campaign, read as the database's owner in one snapshot: an outside view, no code of the product in between. */
export async function readLedger(owner: Client, campaignId: string): Promise<LedgerView> {
  await owner.query("begin isolation level repeatable read read only");
  try {
    const campaign = await owner.query("select status, planned from campaign_history where id = $1", [campaignId]);
    const counts = await owner.query("select * from herald.campaign_counts($1)", [campaignId]);
    const recount = await owner.query("select * from herald.recount($1)", [campaignId]);
    const attempts = await owner.query(
      `select a.message_id as "messageId", a.attempt, a.attempt = m.attempt as "isNewest", m.state, a.outcome, a.provider_message_id as "providerMessageId", a.code,
         array_remove(array[case when a.sent_at is not null then 'sent' end, case when a.delivered_at is not null then 'delivered' end,
           case when a.read_at is not null then 'read' end, case when a.failed_at is not null then 'failed' end], null) as receipts
       from campaign_attempts a join campaign_messages m on m.id = a.message_id where a.campaign_id = $1`,
      [campaignId],
    );
    const untried = await owner.query(
      "select state, count(*)::int as n from campaign_messages where campaign_id = $1 and attempt = 0 group by state",
      [campaignId],
    );
    return {
      ...campaign.rows[0],
      counts: counts.rows[0],
      recount: recount.rows[0],
      attempts: attempts.rows,
      neverTried: Object.fromEntries(untried.rows.map((row: { state: string; n: number }) => [row.state, row.n])),
    };
  } finally {
    await owner.query("rollback");
  }
}
