import { err, type NotAllowed, notAllowed, ok, type Result, type Role, roles, type UserId } from "@herald/kernel";
import { roleCan } from "../can.ts";
import type { IdentityCtx } from "../ctx.ts";
import type { LastOwner, RoleTooHigh } from "../problems.ts";
import type { Membership } from "./ports.ts";

/** `roles` is written from the highest to the lowest. */
const rankOf = (role: Role): number => -roles.indexOf(role);

/** Nobody gives, takes or touches a role above their own. */
const reaches = (own: Role, role: Role): boolean => rankOf(own) >= rankOf(role);
export const checkReach = (own: Role, role: Role): Result<null, RoleTooHigh> =>
  reaches(own, role) ? ok(null) : err({ type: "role_too_high", role, own });

const mayManage = (role: Role): boolean => roleCan(role, "members.manage", { onlyAdminsSend: false });
/** Roles that somebody with this role may give and take; none for who manages nobody. */
export const reachableRoles = (own: Role): readonly Role[] => roles.filter((role) => mayManage(own) && reaches(own, role));
/** Roles that somebody with this role may not invite to; null: somebody who is no member any more. */
export const beyond = (own: Role | null): readonly Role[] => roles.filter((role) => own === null || !reachableRoles(own).includes(role));

export type Standing = { readonly members: readonly Membership[]; readonly own: Role };

/** The members as they are until this transaction ends, and what the actor is among them: what the session said may be a moment old. */
export async function holdMembers(ctx: Pick<IdentityCtx, "actor" | "members">): Promise<Result<Standing, NotAllowed>> {
  const members = await ctx.members.hold();
  const { actor } = ctx;
  const own = actor.kind === "user" ? members.find(({ userId }) => userId === actor.userId)?.role : undefined;
  return own === undefined ? err(notAllowed("members.manage")) : ok({ members, own });
}

/** The same, for whoever may change who belongs to the workspace. */
export async function holdAsManager(ctx: IdentityCtx): Promise<Result<Standing, NotAllowed>> {
  if (!ctx.allows("members.manage")) return err(notAllowed("members.manage"));
  const standing = await holdMembers(ctx);
  return standing.ok && !mayManage(standing.value.own) ? err(notAllowed("members.manage")) : standing;
}

/** A workspace without an owner could be neither deleted nor paid for, and nobody could make another one. */
export const checkOwnerStays = (members: readonly Membership[], leaving: UserId): Result<null, LastOwner> =>
  members.some(({ userId, role }) => role === "owner" && userId !== leaving) ? ok(null) : err({ type: "last_owner" });
