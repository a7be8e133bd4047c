import type { DoorRow, Target } from "./doors-table.ts";

const inWorkspace = ({ shop }: Target) => ({ workspaceId: shop.workspaceId });
const base = { auth: "member", workspaceFrom: "path", success: 200 } as const;
const aViewer = `insert into workspace_members (workspace_id, user_id, role)
  select workspace_id, gen_random_uuid(), 'viewer' from campaign_controls where campaign_id = $1 returning user_id as id`;
const anInvitation = `insert into invitations (workspace_id, email, role, token_hash, invited_by, expires_at)
  select workspace_id, gen_random_uuid() || '@example.com', 'viewer', gen_random_uuid()::text::bytea, gen_random_uuid(), now() + interval '1 day'
  from campaign_controls where campaign_id = $1 returning id`;
// whoever left takes part in the rest of the matrix
const backAgain = `insert into workspace_members (workspace_id, user_id, role)
  select a.workspace_id, a.actor_id::uuid, (a.detail ->> 'role')::member_role from audit_log a join campaign_controls c using (workspace_id)
  where c.campaign_id = $1 and a.action = 'member.left' order by a.id desc limit 1 on conflict do nothing`;

const memberPath = "/api/workspaces/[workspaceId]/members/[userId]";
const memberCall = (target: Target) => ({ params: { ...inWorkspace(target), userId: target.arrangedId } });
const invitationPath = "/api/workspaces/[workspaceId]/invitations/[invitationId]";
const invitationCall = (target: Target) => ({ params: { ...inWorkspace(target), invitationId: target.arrangedId } });
const plainCall = (target: Target) => ({ params: inWorkspace(target) });

/** Doors of members, invitations and settings. */
export const membersTable: readonly DoorRow[] = [
  { path: "/api/auth/sign-up", method: "POST", auth: "public" },
  { path: "/api/invitations/look", method: "POST", auth: "public" },
  // an open invitation is for one person: who may accept what is told by members-doors.int.test.ts
  { path: "/api/invitations/accept", method: "POST", auth: "session", success: 404, call: () => ({ body: { token: "nobody's" } }) },
  { ...base, path: "/api/workspaces/[workspaceId]/members", method: "GET", action: "workspace.read", call: plainCall },
  {
    ...base,
    path: memberPath,
    method: "PATCH",
    action: "members.manage",
    audit: "member.role_changed",
    arrange: aViewer,
    call: (target) => ({ ...memberCall(target), body: { role: "member" } }),
  },
  { ...base, path: memberPath, method: "DELETE", action: "members.manage", audit: "member.removed", arrange: aViewer, call: memberCall },
  {
    ...base,
    path: "/api/workspaces/[workspaceId]/leave",
    method: "POST",
    action: "workspace.read",
    audit: "member.left",
    restore: backAgain,
    call: plainCall,
  },
  { ...base, path: "/api/workspaces/[workspaceId]/invitations", method: "GET", action: "members.manage", call: plainCall },
  {
    ...base,
    path: "/api/workspaces/[workspaceId]/invitations",
    method: "POST",
    action: "members.manage",
    audit: "member.invited",
    call: (target) => ({ ...plainCall(target), body: { email: `${target.unique}@example.com`, role: "viewer" } }),
  },
  {
    ...base,
    path: invitationPath,
    method: "DELETE",
    action: "members.manage",
    audit: "invitation.revoked",
    arrange: anInvitation,
    call: invitationCall,
  },
  {
    ...base,
    path: `${invitationPath}/renew`,
    method: "POST",
    action: "members.manage",
    audit: "invitation.renewed",
    arrange: anInvitation,
    call: invitationCall,
  },
  { ...base, path: "/api/workspaces/[workspaceId]/settings", method: "GET", action: "workspace.read", call: plainCall },
  {
    ...base,
    path: "/api/workspaces/[workspaceId]/settings",
    method: "PATCH",
    action: "settings.manage",
    audit: "workspace.settings_changed",
    call: (target) => ({ ...plainCall(target), body: { name: `Shop ${target.unique}` } }),
  },
];
