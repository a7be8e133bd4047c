import type {
  Campaign,
  CampaignKind,
  CampaignPort,
  CampaignStatus,
  FrozenChunk,
  NewCampaign,
  PlannedMessage,
  RecipientLimit,
} from "@herald/campaign";
import type { CampaignId, SenderId } from "@herald/kernel";
import { msOf, one, oneOrNone, timestampOf } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";

const findSql = `
  select id as "campaignId", kind, name, status, sender_id as "senderId", planned, pause_reasons as "pauseReasons",
    ${msOf("scheduled_at")} as "scheduledAtMs", schedule_zone as "scheduleZone", late_policy as "latePolicy", ${msOf("expires_at")} as "expiresAtMs", ${msOf("created_at")} as "createdAtMs",
    ${msOf("started_at")} as "startedAtMs", ${msOf("finished_at")} as "finishedAtMs", staging_degraded_at is not null as "isStagingDegraded"
  from campaign_history where id = $1`;

const createSql = `
  insert into campaign_history (workspace_id, name, status, sender_id, source_id, template_id, frozen_template, audience, variables, scheduled_at, expires_at, created_by,
    kind, schedule_zone, late_policy, offer)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${timestampOf("$10")}, ${timestampOf("$11")}, $12, $13, $14, $15, $16) returning id`;

// the cap of the workspace is frozen with the campaign; it binds marketing only, and a test neither heeds nor uses up anybody's place under it
const controlSql = `
  insert into campaign_controls (campaign_id, workspace_id, sender_id, source_id, template_id, is_marketing, marketing_cap, is_priority)
  select h.id, h.workspace_id, h.sender_id, h.source_id, h.template_id, m.is_marketing, case when m.is_marketing and h.kind = 'bulk' then w.frequency_cap end, h.kind = 'test'
  from campaign_history h join workspaces w on w.id = h.workspace_id, lateral (select h.frozen_template ->> 'category' = 'MARKETING' as is_marketing) m
  where h.id = $1`;

// one moment for all: the queue then goes by id, which is the order of the chunks
const messagesSql = `
  insert into campaign_messages (workspace_id, campaign_id, contact_id, state, reason, chunk_no, entry_no, next_at)
  select $1, $2, p.contact_id, case when p.reason is null then 'queued' else 'skipped' end::message_state, p.reason, p.chunk_no, p.entry_no,
    case when p.reason is null then now() end
  from unnest($3::uuid[], $4::text[], $5::int[], $6::smallint[]) with ordinality p(contact_id, reason, chunk_no, entry_no, nth) order by p.nth`;

const sealSql = `
  update campaign_history set planned = $2, chunk_count = $3, frozen_at = now() where id = $1 and frozen_at is null returning run_no, kind`;

// places that are taken now say nothing of a day that begins when they have expired
const limitSql = `
  select w.max_recipients as workspace, case when p.messaging_limit is not null and coalesce(${timestampOf("$3")} <= clock_timestamp() + interval '24 hours', true)
    then greatest(0, p.messaging_limit - greatest(0, herald.places_taken(p.id, null))) end as portfolio from workspaces w
  left join (phone_numbers n join sources s on s.id = n.source_id join portfolios p on p.id = s.portfolio_id) on n.id = $2 where w.id = $1`;

export function createCampaigns({ sql, workspaceId, userId, audit }: UnitOfWork): CampaignPort {
  return {
    find: (campaignId) => oneOrNone<Campaign>(sql, findSql, [campaignId]),
    async limits(senderId, startsAtMs): Promise<RecipientLimit> {
      const { workspace, portfolio } = await one<{ workspace: number; portfolio: number | null }>(sql, limitSql, [
        workspaceId,
        senderId,
        startsAtMs,
      ]);
      return portfolio !== null && portfolio < workspace
        ? { maxRecipients: portfolio, limitedBy: "portfolio" }
        : { maxRecipients: workspace, limitedBy: "workspace" };
    },
    async create(campaign: NewCampaign) {
      const status: CampaignStatus = campaign.scheduledAtMs === null ? "queued" : "scheduled";
      const { id } = await one<{ id: CampaignId }>(sql, createSql, [
        workspaceId,
        campaign.name,
        status,
        campaign.senderId satisfies SenderId,
        campaign.sourceId,
        campaign.templateId,
        JSON.stringify(campaign.frozenTemplate),
        JSON.stringify(campaign.audience),
        JSON.stringify(campaign.variables),
        campaign.scheduledAtMs,
        campaign.expiresAtMs,
        userId,
        campaign.kind,
        campaign.scheduleZone,
        campaign.latePolicy,
        JSON.stringify(campaign.offer),
      ]);
      await sql(controlSql, [id]);
      return id;
    },
    async addChunk(campaignId, chunk: FrozenChunk) {
      await sql("insert into campaign_chunks (workspace_id, campaign_id, chunk_no, entry_count, entries) values ($1, $2, $3, $4, $5)", [
        workspaceId,
        campaignId,
        chunk.chunkNo,
        chunk.entryCount,
        chunk.json,
      ]);
    },
    async addMessages(campaignId, messages: readonly PlannedMessage[]) {
      await sql(messagesSql, [
        workspaceId,
        campaignId,
        messages.map(({ contactId }) => contactId),
        messages.map((message) => ("skipped" in message ? message.skipped : null)),
        messages.map((message) => ("skipped" in message ? null : message.chunkNo)),
        messages.map((message) => ("skipped" in message ? null : message.entryNo)),
      ]);
    },
    async seal(campaignId, { planned, chunkCount }) {
      const sealed = await one<{ run_no: number; kind: CampaignKind }>(sql, sealSql, [campaignId, planned, chunkCount]);
      await assertComplete();
      await sql("insert into outbox (workspace_id, kind, ref) values ($1, 'workflow.start', $2)", [
        workspaceId,
        JSON.stringify({ campaignId, runNo: sealed.run_no, controlSeq: 0 }),
      ]);
      const action = sealed.kind === "test" ? "campaign.tested" : "campaign.launched";
      await audit.write({ action, resourceKind: "campaign", resourceId: campaignId, detail: { planned, chunkCount } });

      /** Law L1 from the first moment: what is planned is what was written. */
      async function assertComplete(): Promise<void> {
        const { messages, chunks } = await one<{ messages: number; chunks: number }>(
          sql,
          `select (select n.queued + n.skipped from herald.campaign_counts($1) n) as messages, (select count(*)::int from campaign_chunks where campaign_id = $1) as chunks`,
          [campaignId],
        );
        if (messages !== planned || chunks !== chunkCount)
          throw new Error(`a campaign of ${planned} messages in ${chunkCount} chunks has ${messages} messages in ${chunks} chunks`);
      }
    },
  };
}
