import type pg from "pg";
import type { Handed } from "./engine.ts";
import { aSending, type Launched, launched, people } from "./launched.ts";

export type FreshLedger = Launched & {
  /** What the number's other campaign sent an hour ago; none of it has a receipt. */
  readonly sent: readonly Handed[];
};

const frequencyCap = "30 minutes";
const autovacuumOffSql = `
  do $$ declare t regclass; begin
    for t in select c.oid from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    loop execute format('alter table %s set (autovacuum_enabled = off)', t); end loop;
  end $$`;
const sentSql = `
  with accepted as (
    update campaign_messages set state = 'accepted', attempt = 1, epoch = 1, next_at = null where campaign_id = $1 returning id, workspace_id, campaign_id
  )
  insert into campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by, settled_at, outcome, provider_message_id)
  select id, 1, workspace_id, campaign_id, 1, now() - interval '1 hour', now() - interval '1 hour', now(), 'accepted', 'wamid.' || id || '.1' from accepted`;
/** What sending leaves elsewhere: a turn under the frequency cap; and as many opt-outs of people whom nobody knows. */
const tracesSql = [
  "insert into contact_marketing (workspace_id, contact_id, message_id, at) select workspace_id, contact_id, id, now() - interval '1 hour' from campaign_messages where campaign_id = $1",
  "insert into suppressions (workspace_id, channel, kind, value, reason) select workspace_id, 'whatsapp', 'phone', '+1777' || id, 'said_stop' from campaign_messages where campaign_id = $1",
];
/** A place of each of them under the portfolio's limit of people a day. */
const placesSql = `
  with made as (
    insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit, reserved)
    select workspace_id, 'meta', gen_random_uuid()::text, 100000, planned from campaign_history where id = $1 returning *
  ), joined as (
    update sources s set portfolio_id = made.id from made where s.workspace_id = made.workspace_id
  )
  insert into portfolio_reservations (portfolio_id, contact_id, workspace_id, message_id, expires_at)
  select made.id, m.contact_id, m.workspace_id, m.id, now() + interval '23 hours' from made, campaign_messages m where m.campaign_id = $1`;

/** Two campaigns of one number with so many messages each, to the same people: the first was sent, the second was frozen a moment ago. Nothing was ever analyzed, nor will it be. */
export async function freshLedger(owner: pg.Pool, messages: number, isLimited = false): Promise<FreshLedger> {
  await owner.query(autovacuumOffSql);
  const sending = await aSending(owner, { frequencyCap });
  const contactIds = await people(owner, sending.workspaceId, messages);
  const { campaignId, messageIds } = await launched(owner, sending, contactIds);
  for (const sql of [sentSql, ...tracesSql, ...(isLimited ? [placesSql] : [])]) await owner.query(sql, [campaignId]);
  return { ...(await launched(owner, sending, contactIds)), sent: messageIds.map((messageId) => ({ messageId, attempt: 1 })) };
}

/** A campaign of a dozen in an empty database, sent on this connection: whatever plans it keeps were made for tables of one page. */
export async function aSmallOne(owner: pg.Pool): Promise<Launched> {
  const sending = await aSending(owner, { frequencyCap });
  return launched(owner, sending, await people(owner, sending.workspaceId, 12));
}
