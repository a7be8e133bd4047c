import type { AuditEntry, AuditTrailPort } from "@herald/identity";
import { msOf, one } from "../connect/sql.ts";
import type { UnitOfWork } from "./ctx.ts";

// ids are kept as text: a name is looked up where the text can be one
const uuidOf = "case when a.resource_id ~ '^[0-9a-f]{8}-[0-9a-f-]{27}$' then a.resource_id::uuid end";

const pageSql = `
  with page as (
    select * from audit_log where workspace_id = $1 and ($2::bigint is null or id < $2) and ($3::text is null or action = $3) order by id desc limit $4
  )
  select a.id::text as "entryId", ${msOf("a.at")} as "atMs", a.actor_kind as "actorKind", a.actor_id as "actorId", e.actor as "actorEmail",
    a.action, a.resource_kind as "resourceKind", a.resource_id as "resourceId", a.detail,
    case a.resource_kind
      when 'campaign' then (select h.name from campaign_history h where h.id = ${uuidOf})
      when 'sender' then (select n.display_number from phone_numbers n where n.id = ${uuidOf})
      when 'contact' then (select c.display_name from contacts c where c.id = ${uuidOf})
      when 'draft' then (select d.name from campaign_drafts d where d.id = ${uuidOf})
      when 'member' then e.resource
      when 'invitation' then (select i.email from invitations i where i.id = ${uuidOf})
      when 'import_batch' then (select b.file_name from import_batches b where b.id = ${uuidOf})
    end as "resourceName"
  from page a left join lateral herald.audit_emails(a.id) e on true order by a.id desc`;

// what is kept of how many, under row-level security: of another workspace there is no row
const downloads = {
  recipients: {
    action: "recipients.exported",
    resourceKind: "campaign",
    countSql: `select jsonb_build_object('people', planned) as detail from campaign_history where workspace_id = $1 and id = $2`,
  },
  refused_rows: {
    action: "contacts.refused_rows_downloaded",
    resourceKind: "import_batch",
    countSql: `select jsonb_build_object('refused', rows_refused) as detail from import_batches where workspace_id = $1 and id = $2`,
  },
} as const;

export function createAuditTrail({ sql, workspaceId, audit }: UnitOfWork): AuditTrailPort {
  return {
    async noteDownload(download) {
      const { action, resourceKind, countSql } = downloads[download.of];
      const resourceId = download.of === "recipients" ? download.campaignId : download.importBatchId;
      const { detail } = await one<{ detail: Readonly<Record<string, number>> }>(sql, countSql, [workspaceId, resourceId]);
      await audit.write({ action, resourceKind, resourceId, detail });
    },
    page: ({ before, action, limit }) => sql<AuditEntry>(pageSql, [workspaceId, before ?? null, action ?? null, limit]),
  };
}
