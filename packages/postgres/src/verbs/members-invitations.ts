import type { InvitationEntry, InvitationLink, InvitationPort, OpenInvitation } from "@herald/identity";
import type { InvitationId } from "@herald/kernel";
import { msOf, one, oneOrNone, timestampOf } from "../connect/sql.ts";
import type { UnitOfWork } from "./ctx.ts";
import { hashOf, newToken } from "./members-token.ts";

const columns = `id as "invitationId", email, role, ${msOf("expires_at")} as "expiresAtMs"`;

const listSql = `
  select ${columns}, herald.fellow_email(workspace_id, invited_by) as "invitedBy", ${msOf("created_at")} as "createdAtMs"
  from invitations where workspace_id = $1 and accepted_at is null order by created_at desc, id`;

// one that has expired makes room; a live one stays, and no row is answered
const openSql = `
  insert into invitations (workspace_id, email, role, token_hash, invited_by, expires_at) values ($1, $2, $3, $4, $5, ${timestampOf("$6")})
  on conflict (workspace_id, email) where accepted_at is null
  do update set role = excluded.role, token_hash = excluded.token_hash, invited_by = excluded.invited_by, expires_at = excluded.expires_at, created_at = now()
  where invitations.expires_at <= now() returning id as "invitationId"`;

const renewSql = `
  update invitations set token_hash = $3, invited_by = $4, expires_at = ${timestampOf("$5")} where workspace_id = $1 and id = $2`;

export function createInvitations({ sql, workspaceId, userId, audit }: UnitOfWork): InvitationPort {
  const note = (action: string, { invitationId, role }: Pick<OpenInvitation, "invitationId" | "role">): Promise<void> =>
    audit.write({ action, resourceKind: "invitation", resourceId: invitationId, detail: { role } });
  return {
    listOpen: () => sql<InvitationEntry>(listSql, [workspaceId]),
    isMember: async (email) =>
      (
        await one<{ is: boolean }>(
          sql,
          "select exists (select from workspace_people where workspace_id = $1 and lower(email) = $2) as is",
          [workspaceId, email],
        )
      ).is,
    findLive: async (email) =>
      (
        await oneOrNone<{ id: InvitationId }>(
          sql,
          "select id from invitations where workspace_id = $1 and email = $2 and accepted_at is null and expires_at > now()",
          [workspaceId, email],
        )
      )?.id ?? null,
    async open(invitation) {
      const token = newToken();
      const { email, role, expiresAtMs } = invitation;
      const row = await oneOrNone<{ invitationId: InvitationId }>(sql, openSql, [
        workspaceId,
        email,
        role,
        hashOf(token),
        userId,
        expiresAtMs,
      ]);
      if (!row) return null;
      const link: InvitationLink = { ...invitation, ...row, token };
      await note("member.invited", link);
      return link;
    },
    hold: (invitationId) =>
      oneOrNone<OpenInvitation>(
        sql,
        `select ${columns} from invitations where workspace_id = $1 and id = $2 and accepted_at is null for update`,
        [workspaceId, invitationId],
      ),
    async renew(invitation) {
      const token = newToken();
      await sql(renewSql, [workspaceId, invitation.invitationId, hashOf(token), userId, invitation.expiresAtMs]);
      await note("invitation.renewed", invitation);
      return { ...invitation, token };
    },
    async revoke(invitation) {
      await sql("delete from invitations where workspace_id = $1 and id = $2", [workspaceId, invitation.invitationId]);
      await note("invitation.revoked", invitation);
    },
    revokeOf: async (invitedBy, roles) =>
      (
        await sql(
          "delete from invitations where workspace_id = $1 and invited_by = $2 and role = any ($3::member_role[]) and accepted_at is null returning id",
          [workspaceId, invitedBy, roles],
        )
      ).length,
  };
}
