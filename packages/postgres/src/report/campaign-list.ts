import type { CampaignFacts, CampaignFilter, CampaignListPort, DraftFacts, SendingFacts } from "@herald/campaign";
import { msOf, one, type Sql, timestampOf } from "../connect/sql.ts";

/** Without losing a digit: a page must not end between two microseconds. */
const cursorOf = (at: string, id: string): string => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || ${id}`;

const plain = `
  ${cursorOf("l.created_at", "l.campaign_id")} as cursor, l.campaign_id as "campaignId", l.name, l.kind, l.status, l.flag, l.planned,
  l.pause_reasons as "pauseReasons", l.created_by as "createdBy", l.schedule_zone as "scheduleZone", l.replied, l.blocks,
  ${msOf("l.created_at")} as "createdAtMs", ${msOf("l.scheduled_at")} as "scheduledAtMs", ${msOf("l.started_at")} as "startedAtMs",
  ${msOf("l.finished_at")} as "finishedAtMs", ${msOf("l.unknown_since")} as "unknownSinceMs", ${msOf("l.held_since")} as "heldSinceMs"`;
const columns = `${plain},
  json_build_object('senderId', l.sender_id, 'displayNumber', l.display_number, 'verifiedName', l.verified_name) as sender,
  json_build_object('templateId', l.template_id, 'name', l.template_name, 'language', l.template_language) as template,
  json_build_object('queued', l.queued, 'dispatching', l.dispatching, 'deferred', l.deferred, 'unknown', l.unknown, 'held', l.held, 'skipped', l.skipped,
    'failed', l.failed, 'accepted', l.accepted, 'sent', l.sent, 'delivered', l.delivered, 'read', l.read, 'undelivered', l.undelivered) as counts,
  case when l.stopped_at is not null then json_build_object('by', case when l.stopped_by_kind = 'user' then l.stopped_by end,
    'atMs', ${msOf("l.stopped_at")}, 'note', l.stop_note) end as stop,
  case when l.cap_per_second is not null then json_build_object('isMarketing', l.is_marketing, 'weight', l.weight, 'maxPerSecond', l.max_per_second,
    'capPerSecond', l.cap_per_second, 'effectivePerSecond', l.effective_per_second, 'killedBy', l.killed_by, 'restUntilMs', ${msOf("l.rest_until")},
    'breakerOpenSinceMs', ${msOf("l.breaker_opened_at")}, 'limit', l.messaging_limit, 'reserved', l.places_taken, 'isInboxBehind', l.is_inbox_behind,
    'unbegun', l.unbegun, 'lastGrantAtMs', ${msOf("l.last_grant_at")}, 'otherWeight', l.other_weight, 'measuredPerSecond', l.measured_per_second) end as sending`;

type SendingRow = Omit<SendingFacts, "portfolio"> & { readonly limit: number | null; readonly reserved: number | null };
type Row = Omit<CampaignFacts, "sending"> & { readonly sending: SendingRow | null };

function factsOf({ sending, ...row }: Row): CampaignFacts {
  if (sending === null) return { ...row, sending };
  const { limit, reserved, ...rest } = sending;
  return { ...row, sending: { ...rest, portfolio: limit === null ? null : { limit, reserved: reserved ?? 0 } } };
}

// by ids that are known: to whom the number of rows is only guessed, the planner joins all campaigns before it takes the few
const linesSql = `select ${columns} from herald.campaign_lines l where l.campaign_id = any ($1) order by l.created_at desc, l.campaign_id`;

const filterSql = `
  h.kind = $1 and ($2::campaign_status[] is null or h.status = any ($2)) and ($3::uuid is null or h.sender_id = $3) and ($4::uuid is null or h.template_id = $4)
  and ($5::uuid is null or h.created_by = $5) and ($6::double precision is null or h.created_at >= ${timestampOf("$6")})
  and ($7::double precision is null or h.created_at < ${timestampOf("$7")}) and ($8::text is null or h.name ilike $8)`;
const filterValues = (filter: CampaignFilter): readonly unknown[] => [
  filter.kind,
  filter.statuses,
  filter.senderId,
  filter.templateId,
  filter.createdBy,
  filter.fromMs,
  filter.toMs,
  filter.search === null ? null : likeOf(filter.search),
];
/** What a person typed is looked for as it is. */
const likeOf = (search: string): string => `%${search.replace(/[\\%_]/g, "\\$&")}%`;

// the time alone first: it bounds the scan of the index, which has the ids in the other direction
const afterSql = (at: string, id: string): string =>
  `($9::timestamptz is null or (${at} <= $9::timestamptz and (${at} < $9::timestamptz or ${id} > $10::uuid)))`;
const afterValues = (cursor: string | null): readonly (string | null)[] => {
  const [at, id] = cursor?.split("_") ?? [];
  return [at ?? null, id ?? null];
};

const ofWorkspace = "h.workspace_id = herald.current_workspace()";
const newest = "order by h.created_at desc, h.id";
const pageSql = `select h.id from campaign_history h where ${ofWorkspace} and ${filterSql} and ${afterSql("h.created_at", "h.id")} ${newest} limit $11`;
const openSql = `
  select h.id from campaign_history h where h.status in ('scheduled', 'queued', 'sending', 'paused') and ${ofWorkspace} and ${filterSql} ${newest} limit $9`;

const undecided = `
  campaign_history h where h.status in ('partially_sent', 'cancelled') and h.finished_at > now() - interval '30 days' and ${ofWorkspace} and ${filterSql}
    and (select sum(k.unknown + k.held) from campaign_counters k where k.campaign_id = h.id) > 0`;
const undecidedSql = `select h.id from ${undecided} ${newest} limit $9`;
const undecidedCountSql = `select count(*)::int as count from ${undecided}`;

const draftsSql = `
  select ${cursorOf("d.created_at", "d.id")} as cursor, d.id as "draftId", d.name, ${msOf("d.created_at")} as "createdAtMs", ${msOf("d.updated_at")} as "updatedAtMs",
    d.updated_by as "updatedBy", d.content -> 'template' ->> 'name' as "templateName", (d.content -> 'seen' ->> 'eligible')::float8 as eligible,
    case when n.id is not null then json_build_object('displayNumber', n.display_number, 'verifiedName', n.verified_name) end as sender
  from campaign_drafts d left join phone_numbers n on n.id::text = d.content ->> 'senderId'
    left join templates t on t.source_id = n.source_id and t.name = d.content -> 'template' ->> 'name' and t.language = d.content -> 'template' ->> 'language'
  where d.workspace_id = herald.current_workspace() and d.launched_campaign_id is null and $1 = 'bulk' and $2::text[] is null
    and ($3::uuid is null or n.id = $3) and ($4::uuid is null or t.id = $4) and ($5::uuid is null or d.created_by = $5)
    and ($6::double precision is null or d.created_at >= ${timestampOf("$6")}) and ($7::double precision is null or d.created_at < ${timestampOf("$7")})
    and ($8::text is null or d.name ilike $8) and ${afterSql("d.created_at", "d.id")}
  order by d.created_at desc, d.id limit $11`;

/** Rows of the list of campaigns: role herald_verbs, so one workspace a transaction. */
export function createCampaignList(sql: Sql): CampaignListPort {
  const named = async (campaignIds: readonly string[]): Promise<readonly CampaignFacts[]> =>
    campaignIds.length === 0 ? [] : (await sql<Row>(linesSql, [campaignIds])).map(factsOf);
  const chosen = async (text: string, values: readonly unknown[]): Promise<readonly CampaignFacts[]> =>
    named((await sql<{ id: string }>(text, values)).map(({ id }) => id));
  return {
    named,
    page: (filter, after, limit) => chosen(pageSql, [...filterValues(filter), ...afterValues(after), limit]),
    open: (filter, limit) => chosen(openSql, [...filterValues(filter), limit]),
    undecided: (filter, limit) => chosen(undecidedSql, [...filterValues(filter), limit]),
    undecidedCount: async (filter) => (await one<{ count: number }>(sql, undecidedCountSql, filterValues(filter))).count,
    drafts: (filter, after, limit) => sql<DraftFacts>(draftsSql, [...filterValues(filter), ...afterValues(after), limit]),
  };
}
