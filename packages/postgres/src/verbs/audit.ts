import type { UserId, WorkspaceId } from "@herald/kernel";
import type { Sql } from "../connect/sql.ts";

export type AuditEntry = {
  /** Past tense, e.g. `campaign.launched`. */
  readonly action: string;
  readonly resourceKind: string;
  readonly resourceId: string;
  /** Ids, counts and words of ours; never personal data (law L12). */
  readonly detail?: Readonly<Record<string, unknown>>;
};
/** Append-only, in the transaction of what it tells. */
export type AuditPort = { readonly write: (entry: AuditEntry) => Promise<void> };

const insertSql = `
  insert into audit_log (workspace_id, actor_kind, actor_id, action, resource_kind, resource_id, detail) values ($1, 'user', $2, $3, $4, $5, $6)`;

export function createAudit(sql: Sql, workspaceId: WorkspaceId, userId: UserId): AuditPort {
  return {
    async write({ action, resourceKind, resourceId, detail = {} }) {
      await sql(insertSql, [workspaceId, userId, action, resourceKind, resourceId, JSON.stringify(detail)]);
    },
  };
}
