import { err, notFound, ok, type Result, type Role, roles, type UserId } from "@herald/kernel";
import { z } from "zod";
import type { IdentityCtx } from "../ctx.ts";
import type { MemberProblem } from "../problems.ts";
import type { Membership } from "./ports.ts";
import { beyond, checkOwnerStays, checkReach, holdAsManager } from "./standing.ts";

export const ChangeRoleInput = z.strictObject({ role: z.enum(roles) });
export type ChangeRole = { readonly userId: UserId; readonly role: Role };

/**
 * Gives a member another role. Nobody reaches above their own; the last owner stays one. Open invitations that the member made and could
 * not make any more are revoked: a link in somebody's pocket must not outlive the right to give it.
 */
export async function changeRole(ctx: IdentityCtx, { userId, role }: ChangeRole): Promise<Result<Membership, MemberProblem>> {
  const standing = await holdAsManager(ctx);
  if (!standing.ok) return standing;
  const { members, own } = standing.value;
  const member = members.find((one) => one.userId === userId);
  if (!member) return err(notFound("member"));
  for (const touched of [member.role, role]) {
    const reach = checkReach(own, touched);
    if (!reach.ok) return reach;
  }
  if (member.role === role) return ok(member);
  const staffed = role === "owner" ? ok(null) : checkOwnerStays(members, userId);
  if (!staffed.ok) return staffed;
  const invitationsRevoked = await ctx.invitations.revokeOf(userId, beyond(role));
  await ctx.members.setRole(userId, { from: member.role, to: role, invitationsRevoked });
  return ok({ userId, role });
}
