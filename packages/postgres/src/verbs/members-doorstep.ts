import type { DoorstepPort, FoundInvitation } from "@herald/identity";
import type { UserId } from "@herald/kernel";
import { msOf, one, oneOrNone, type Sql } from "../connect/sql.ts";
import { createAudit } from "./audit.ts";
import { hashOf } from "./members-token.ts";

/** Who stands before the door; null: nobody is signed in. */
export type Visitor = { readonly userId: UserId; readonly email: string | null } | null;

const findSql = `
  select id as "invitationId", workspace_id as "workspaceId", workspace_name as "workspaceName", email, role, ${msOf("expires_at")} as "expiresAtMs",
    accepted_by as "acceptedBy", member_as as "memberAs" from herald.invitation_of_token($1, $2)`;

/** Bound to one transaction whose claims name the visitor. */
export function createDoorstep(sql: Sql, visitor: Visitor): DoorstepPort {
  // the invitation is joined by the token that found it
  const hashes = new Map<string, Buffer>();
  return {
    async find(token, { hold }) {
      const hash = hashOf(token);
      const found = await oneOrNone<FoundInvitation>(sql, findSql, [hash, hold]);
      if (found) hashes.set(found.invitationId, hash);
      return found;
    },
    async join({ invitationId, workspaceId, role }) {
      const hash = hashes.get(invitationId);
      if (!visitor || !hash) throw new Error("nobody joins without a token and a name");
      const { joined } = await one<{ joined: boolean }>(sql, "select herald.join_by_invitation($1) as joined", [hash]);
      if (!joined) throw new Error("the invitation was held, and yet it could not be joined");
      await sql("select herald.enter_workspace($1)", [workspaceId]);
      const audit = createAudit(sql, workspaceId, visitor.userId);
      await audit.write({ action: "invitation.accepted", resourceKind: "invitation", resourceId: invitationId, detail: { role } });
    },
  };
}
