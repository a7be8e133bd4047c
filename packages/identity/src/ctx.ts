import type { Actor, WorkspaceId } from "@herald/kernel";
import type { Action } from "./actions.ts";
import type { AuditTrailPort } from "./audit/trail.ts";
import type { InvitationPort } from "./invitations/ports.ts";
import type { MemberPort } from "./members/ports.ts";
import type { SettingsPort } from "./settings/settings.ts";

/** One unit of work: who acts, in which workspace, with ports bound to one transaction that is rolled back when the verb fails. */
export type IdentityCtx = {
  readonly actor: Actor;
  readonly workspaceId: WorkspaceId;
  readonly nowMs: number;
  readonly allows: (action: Action) => boolean;
  readonly members: MemberPort;
  readonly invitations: InvitationPort;
  readonly settings: SettingsPort;
  readonly auditTrail: AuditTrailPort;
};
