import type { Draft, DraftPort, StoredDraft } from "@herald/campaign";
import { msOf, one, oneOrNone } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";

const createSql = `
  insert into campaign_drafts (workspace_id, name, content, created_by, updated_by) values ($1, $2, $3, $4, $4) returning id as "draftId", version`;

const columns = `id as "draftId", version, ${msOf("updated_at")} as "updatedAtMs", updated_by as "updatedBy", launched_campaign_id as "launchedCampaignId"`;
const findSql = `select ${columns}, name, content from campaign_drafts where id = $1`;
const lockSql = `select ${columns} from campaign_drafts where id = $1 for update`;

const saveSql = `
  update campaign_drafts set name = $2, content = $3, version = version + 1, updated_by = $4, updated_at = clock_timestamp() where id = $1
  returning version, ${msOf("updated_at")} as "updatedAtMs"`;

export function createDrafts({ sql, workspaceId, userId, audit }: UnitOfWork): DraftPort {
  const tell = (action: string, resourceId: string, detail: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    audit.write({ action, resourceKind: "draft", resourceId, detail });
  return {
    async create({ name, content }) {
      const created = await one<Pick<Draft, "draftId" | "version">>(sql, createSql, [workspaceId, name, JSON.stringify(content), userId]);
      await tell("draft.created", created.draftId);
      return created;
    },
    find: (draftId) => oneOrNone<StoredDraft>(sql, findSql, [draftId]),
    lock: (draftId) => oneOrNone<Draft>(sql, lockSql, [draftId]),
    async save(draftId, { name, content }) {
      const saved = await one<Pick<Draft, "version" | "updatedAtMs">>(sql, saveSql, [draftId, name, JSON.stringify(content), userId]);
      await tell("draft.saved", draftId, { version: saved.version });
      return saved;
    },
    async discard(draftId) {
      await sql("delete from campaign_drafts where id = $1", [draftId]);
      await tell("draft.discarded", draftId);
    },
    async markLaunched(draftId, campaignId) {
      await sql("update campaign_drafts set launched_campaign_id = $2 where id = $1", [draftId, campaignId]);
      await tell("draft.launched", draftId, { campaignId });
    },
  };
}
