import { withOwner } from "../world/senders.ts";
import type { LedgerCampaign, LedgerMessage } from "./evidence.ts";

/** The ledger of these campaigns in one snapshot, read as the database's owner: no code of the product in between. */
export function readLedger(ownerUrl: string, campaignIds: readonly string[]): Promise<LedgerCampaign[]> {
  return withOwner(ownerUrl, async (owner) => {
    await owner.query("begin isolation level repeatable read read only");
    const all: LedgerCampaign[] = [];
    for (const campaignId of campaignIds) {
      const campaign = await owner.query("select status, planned from campaign_history where id = $1", [campaignId]);
      const counts = await owner.query("select * from herald.campaign_counts($1)", [campaignId]);
      const recount = await owner.query("select * from herald.recount($1)", [campaignId]);
      const messages = await owner.query(messagesSql, [campaignId]);
      const { status, planned } = campaign.rows[0] as { status: string; planned: number };
      all.push({
        campaignId,
        status,
        planned,
        counts: counts.rows[0],
        recount: recount.rows[0],
        messages: messages.rows as LedgerMessage[],
      });
    }
    await owner.query("rollback");
    return all;
  });
}

// to_jsonb: a ledger without operators' resends has no such column
const messagesSql = `
  select m.id as "messageId", m.state, m.attempt, m.reason, (select a.code from campaign_attempts a where a.message_id = m.id and a.attempt = m.attempt) as code,
    coalesce((to_jsonb(m) ->> 'resends')::int, 0) as resends,
    coalesce((select jsonb_agg(jsonb_build_object('attempt', a.attempt, 'outcome', a.outcome, 'sendByMs', extract(epoch from a.send_by) * 1000, 'receipts',
      array_remove(array[case when a.sent_at is not null then 'sent' end, case when a.delivered_at is not null then 'delivered' end,
        case when a.read_at is not null then 'read' end, case when a.failed_at is not null then 'failed' end], null)) order by a.attempt)
      from campaign_attempts a where a.message_id = m.id), '[]') as attempts
  from campaign_messages m where m.campaign_id = $1 order by m.id`;
