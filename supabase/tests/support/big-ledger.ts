import type pg from "pg";
import { aSending, type Launched, launched, people } from "./launched.ts";

export type BigLedger = Launched & {
  /** Attempts without an answer, of epoch 1; the campaign is at epoch 2. */
  readonly open: number;
  /** Waits for its time or for a cure. */
  readonly queued: number;
  readonly blocked: number;
};

const others = 100_000;
const accepted = 100_000;
const open = 200;
const blocked = 300;
const queued = 20_000;
/** Queued too, before the others: people who exist, so that the gate lets their messages pass. */
const reachable = 100;
const skipped = 10_000;

/** Most were accepted long ago, few need anything: what a large campaign looks like for most of its life. People of these rows exist nowhere. */
const messagesSql = `
  insert into campaign_messages (workspace_id, campaign_id, contact_id, state, receipt, attempt, epoch, chunk_no, entry_no, reason, next_at, send_by)
  select $1, $2, gen_random_uuid(), k.state::message_state, case when k.state = 'accepted' then 'delivered' end::message_receipt, case when k.state in ('queued', 'skipped') then 0 else 1 end, 1, n / 1000, n % 1000,
    k.reason, case when k.state = 'queued' then now() - interval '1 hour' end, case when k.state = 'dispatching' then now() - interval '1 hour' end
  from unnest($3::int[], $4::text[], $5::text[]) k(count, state, reason), generate_series(1, k.count) n`;
const attemptsSql = `
  insert into campaign_attempts (message_id, attempt, workspace_id, campaign_id, epoch, intent_at, send_by, settled_at, outcome, provider_message_id, receipt, class)
  select id, 1, workspace_id, campaign_id, 1, now() - interval '1 hour', now() - interval '1 hour', case when state <> 'dispatching' then now() end,
    case when state <> 'dispatching' then state::text end, case when state = 'accepted' then 'wamid.' || id end, receipt, case when state = 'deferred' then 'TOKEN' end
  from campaign_messages where campaign_id = $1 and attempt = 1`;
/** The counters as the triggers would have left them, all in one shard. */
const countersSql = `
  insert into campaign_counters as k (campaign_id, shard, workspace_id, queued, dispatching, deferred, skipped, delivered)
  select $2, 15, $1, queued, dispatching, deferred, skipped, delivered from herald.recount($2)
  on conflict (campaign_id, shard) do update set queued = excluded.queued, dispatching = excluded.dispatching, deferred = excluded.deferred,
    skipped = excluded.skipped, delivered = excluded.delivered`;

/** A campaign of 130,000 after one of 100,000 in the same tables, analyzed; it balances. Written past the triggers, which would take a minute. */
export async function bigLedger(owner: pg.Pool): Promise<BigLedger> {
  const sending = await aSending(owner);
  const contactIds = await people(owner, sending.workspaceId, reachable);
  const other = await launched(owner, sending, contactIds);
  const campaign = await launched(owner, sending, contactIds);
  await fill(owner, other, [others], ["accepted"], [null]);
  await fill(
    owner,
    campaign,
    [accepted, skipped, blocked, open, queued],
    ["accepted", "skipped", "deferred", "dispatching", "queued"],
    [null, "opted_out", "TOKEN", null, null],
  );
  await owner.query("update campaign_controls set epoch = 2 where campaign_id = $1", [campaign.campaignId]);
  await owner.query("vacuum (analyze) campaign_messages, campaign_attempts, campaign_counters");
  return { ...campaign, open, queued: queued + reachable, blocked };
}

async function fill(
  owner: pg.Pool,
  { workspaceId, campaignId }: Launched,
  counts: readonly number[],
  states: readonly string[],
  reasons: readonly (string | null)[],
): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await client.query(messagesSql, [workspaceId, campaignId, counts, states, reasons]);
    await client.query(attemptsSql, [campaignId]);
    await client.query(countersSql, [workspaceId, campaignId]);
    await client.query(
      "update campaign_history set planned = (select count(*) from campaign_messages where campaign_id = $1) where id = $1",
      [campaignId],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
