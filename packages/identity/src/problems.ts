import type { InvalidInput, InvitationId, NotAllowed, NotFound, Role } from "@herald/kernel";

export type LastOwner = { readonly type: "last_owner" };
/** `role` is above `own`. */
export type RoleTooHigh = { readonly type: "role_too_high"; readonly role: Role; readonly own: Role };
export type AlreadyMember = { readonly type: "already_member" };
/** There is an open invitation for this address already; it can be renewed or revoked. */
export type AlreadyInvited = { readonly type: "already_invited"; readonly invitationId: InvitationId };

/** Nobody has this token: never made, revoked, or replaced by a newer link. */
export type InvitationUnknown = { readonly type: "invitation_unknown" };
export type InvitationUsed = { readonly type: "invitation_used" };
export type InvitationExpired = { readonly type: "invitation_expired" };
/** It is for another address than the signed-in one. */
export type InvitationForeign = { readonly type: "invitation_foreign" };

export type MemberProblem = NotAllowed | NotFound | LastOwner | RoleTooHigh;
export type InviteProblem = NotAllowed | RoleTooHigh | AlreadyMember | AlreadyInvited;
export type RevokeProblem = NotAllowed | NotFound | RoleTooHigh;
export type LookProblem = InvitationUnknown | InvitationUsed | InvitationExpired;
export type AcceptProblem = LookProblem | InvitationForeign;
export type SettingsProblem = NotAllowed | InvalidInput;
