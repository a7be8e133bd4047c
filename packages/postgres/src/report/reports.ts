import type { DeferredGroup, FailureCause, HeldEvidence, OpenBlock, ReportPort, SkipReason, UnknownEvidence } from "@herald/campaign";
import { msOf, oneOrNone, type Sql } from "../connect/sql.ts";
import { readBalance } from "../ledger/balance.ts";
import { readPace } from "./pace.ts";
import { createPaceHistory } from "./pace-history.ts";

// Every message below names its reason, and says so: a report on a million messages then reads only those that did not simply go well.
const troubled = "m.campaign_id = $1 and m.reason is not null";

// The newest attempt speaks for its message. Looked up message by message: a join that may be turned round reads the attempts of everybody.
const newestOf = (columns: string): string =>
  `lateral (select ${columns} from campaign_attempts a where a.message_id = m.id and a.attempt = m.attempt limit 1) a on true`;

// what no answer speaks of, unknown or written off, is told by its message's own reason
const causesSql = `
  select case when m.state = 'queued' then m.reason else coalesce(a.class, m.reason) end as class, a.code, nullif(max(a.detail), '') as detail, m.state, count(*)::int as count
  from campaign_messages m left join ${newestOf("a.class, a.code, a.detail")}
  where ${troubled} and (m.state in ('failed', 'deferred', 'unknown', 'held') or (m.state = 'queued' and m.reason in ('no_connection', 'not_prepared'))) group by 1, 2, 4 order by 5 desc, 4, 1, 2`;

const blocksSql = `
  select b.id as "blockId", b.scope, b.class, b.code, b.detail, ${msOf("b.created_at")} as "sinceMs"
  from blocks b join campaign_controls c on (b.scope, b.scope_id) in (('number', c.sender_id), ('waba', c.source_id), ('template', c.template_id))
  where c.campaign_id = $1 and b.cured_at is null order by b.id`;

// A stall needs something that is due: without it there is no grant to miss. Asked for by its least: `exists` hopes to meet one soon and reads from end to end.
const lastGrantSql = `
  select ${msOf("coalesce(max(l.granted_at), h.started_at, h.created_at)")} as "atMs" from campaign_history h left join number_lanes l on l.campaign_id = h.id
  where h.id = $1 and (select min(m.next_at) from campaign_messages m where m.campaign_id = $1 and m.next_at is not null) <= clock_timestamp() group by h.id`;

const deferredSql = `
  select a.class, a.code, m.reason, count(*)::int as count, ${msOf("min(m.next_at)")} as "earliestAtMs", ${msOf("max(m.next_at)")} as "latestAtMs"
  from campaign_messages m left join ${newestOf("a.class, a.code")}
  where ${troubled} and m.state = 'deferred' group by 1, 2, 3, m.next_at is null order by 4 desc, 1, 2, 3`;

// people's ids are random, so the first 2,000 accepted messages in their order are a fair sample
const unknownSql = `
  select u.count, ${msOf("u.oldest_at")} as "oldestAtMs", herald.is_overflow_read($1, u.newest_at) as "isOverflowRead",
    e.n as "comparedWith", e.within as "within2MinShare", e.median as "medianFirstReceiptMs"
  from (
    select count(*)::int as count, min(a.intent_at) as oldest_at, max(m.changed_at) as newest_at
    from campaign_messages m join ${newestOf("a.intent_at")} where ${troubled} and m.state = 'unknown'
  ) u cross join lateral (
    select count(*)::int as n, avg((w.wait <= interval '2 minutes')::int::double precision) as within,
      (percentile_cont(0.5) within group (order by extract(epoch from w.wait)) * 1000)::double precision as median
    from (
      select greatest(coalesce(least(a.sent_at, a.delivered_at, a.read_at, a.failed_at) - a.intent_at, interval '1000 days'), interval '0') as wait
      from (select m.id, m.attempt from campaign_messages m where m.campaign_id = $1 and m.state = 'accepted' order by m.contact_id limit 2000) m
      join ${newestOf("a.intent_at, a.sent_at, a.delivered_at, a.read_at, a.failed_at")} where a.intent_at < clock_timestamp() - interval '2 minutes'
    ) w
  ) e where u.count > 0`;

const heldSql = `
  select h.count, h."oldestAtMs", h.ripe, herald.is_overflow_read($1, coalesce(h.newest_ripe_at, '-infinity')) as "isOverflowRead"
  from (
    select count(*)::int as count, ${msOf("min(m.changed_at)")} as "oldestAtMs",
      count(*) filter (where m.changed_at < clock_timestamp() - herald.held_patience())::int as ripe,
      max(m.changed_at) filter (where m.changed_at < clock_timestamp() - herald.held_patience()) as newest_ripe_at
    from campaign_messages m where ${troubled} and m.state = 'held'
  ) h where h.count > 0`;

const skipsSql = `
  select m.reason, count(*)::int as count from campaign_messages m where ${troubled} and m.state = 'skipped' group by 1 order by 2 desc, 1`;

export function createReports(sql: Sql): ReportPort {
  return {
    balance: (campaignId) => readBalance(sql, campaignId),
    skips: (campaignId) => sql<{ readonly reason: SkipReason; readonly count: number }>(skipsSql, [campaignId]),
    causes: (campaignId) => sql<FailureCause>(causesSql, [campaignId]),
    held: (campaignId) => oneOrNone<HeldEvidence>(sql, heldSql, [campaignId]),
    unknown: (campaignId) => oneOrNone<UnknownEvidence>(sql, unknownSql, [campaignId]),
    deferred: (campaignId) => sql<DeferredGroup>(deferredSql, [campaignId]),
    pace: (campaignId) => readPace(sql, campaignId),
    ...createPaceHistory(sql),
    openBlocks: (campaignId) => sql<OpenBlock>(blocksSql, [campaignId]),
    lastGrantAtMs: async (campaignId) => (await oneOrNone<{ atMs: number }>(sql, lastGrantSql, [campaignId]))?.atMs ?? null,
  };
}
