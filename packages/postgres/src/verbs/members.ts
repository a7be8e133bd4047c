import type { MemberEntry, MemberPort, Membership } from "@herald/identity";
import { msOf } from "../connect/sql.ts";
import type { UnitOfWork } from "./ctx.ts";

const listSql = `
  select user_id as "userId", role, email, ${msOf("created_at")} as "sinceMs" from workspace_people where workspace_id = $1 order by role, email, user_id`;

// in one order, so that two who hold them never wait for each other in a circle
const holdSql = `select user_id as "userId", role from workspace_members where workspace_id = $1 order by user_id for update`;

export function createMembers({ sql, workspaceId, userId: actorId, audit }: UnitOfWork): MemberPort {
  return {
    list: () => sql<MemberEntry>(listSql, [workspaceId]),
    hold: () => sql<Membership>(holdSql, [workspaceId]),
    async setRole(userId, change) {
      await sql("update workspace_members set role = $3 where workspace_id = $1 and user_id = $2", [workspaceId, userId, change.to]);
      await audit.write({ action: "member.role_changed", resourceKind: "member", resourceId: userId, detail: change });
    },
    async remove(userId, was) {
      // first the entry: who takes themselves out is no member any more who could write it
      const action = userId === actorId ? "member.left" : "member.removed";
      await audit.write({ action, resourceKind: "member", resourceId: userId, detail: was });
      await sql("delete from workspace_members where workspace_id = $1 and user_id = $2", [workspaceId, userId]);
    },
  };
}
