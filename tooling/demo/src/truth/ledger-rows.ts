import type { Client } from "pg";

/** One attempt as our ledger has it, and the message it belongs to. */
export type LedgerAttempt = {
  readonly messageId: string;
  readonly attempt: number;
  readonly isNewest: boolean;
  readonly state: string;
  readonly outcome: string | null;
  readonly providerMessageId: string | null;
  readonly receipts: readonly string[];
};
export type LedgerView = {
  readonly status: string;
  readonly planned: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly recount: Readonly<Record<string, number>>;
};
/** In the order of messages and their attempts. */
export type AttemptPages = AsyncIterable<readonly LedgerAttempt[]> | Iterable<readonly LedgerAttempt[]>;

const pageRows = 10_000;

const pageSql = `
  select a.message_id as "messageId", a.attempt, a.attempt = m.attempt as "isNewest", m.state, a.outcome, a.provider_message_id as "providerMessageId",
    array_remove(array[case when a.sent_at is not null then 'sent' end, case when a.delivered_at is not null then 'delivered' end,
      case when a.read_at is not null then 'read' end, case when a.failed_at is not null then 'failed' end], null) as receipts
  from campaign_attempts a join campaign_messages m on m.id = a.message_id
  where a.campaign_id = $1 and (a.message_id, a.attempt) > ($2::bigint, $3::int) order by a.message_id, a.attempt limit $4`;

/**
 * The ledger of one campaign, read as the database's owner in one snapshot: an outside view, no code of the product in between. Attempts come in
 * pages, so that a campaign of any size needs the memory of one.
 */
export async function withLedger<Answer>(
  owner: Client,
  campaignId: string,
  work: (ledger: LedgerView, attempts: AttemptPages) => Promise<Answer>,
  rowsPerPage = pageRows,
): Promise<Answer> {
  await owner.query("begin isolation level repeatable read read only");
  try {
    const campaign = await owner.query("select status, planned from campaign_history where id = $1", [campaignId]);
    const counts = await owner.query("select * from herald.campaign_counts($1)", [campaignId]);
    const recount = await owner.query("select * from herald.recount($1)", [campaignId]);
    const ledger = { ...campaign.rows[0], counts: counts.rows[0], recount: recount.rows[0] };
    return await work(ledger, pagesOf(owner, campaignId, rowsPerPage));
  } finally {
    await owner.query("rollback");
  }
}

async function* pagesOf(owner: Client, campaignId: string, rowsPerPage: number): AsyncIterable<readonly LedgerAttempt[]> {
  let last: Pick<LedgerAttempt, "messageId" | "attempt"> | undefined = { messageId: "0", attempt: 0 };
  while (last !== undefined) {
    const page: { rows: LedgerAttempt[] } = await owner.query(pageSql, [campaignId, last.messageId, last.attempt, rowsPerPage]);
    yield page.rows;
    last = page.rows.length < rowsPerPage ? undefined : page.rows.at(-1);
  }
}
