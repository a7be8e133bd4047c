import { err, notFound, ok, type Result, type UserId } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import type { MemberProblem } from "../problems.ts";
import type { Membership } from "./ports.ts";
import { beyond, checkOwnerStays, checkReach, holdAsManager } from "./standing.ts";

/** Takes a member out of the workspace, with the open invitations that the member made. Their next request finds no workspace. */
export async function removeMember(ctx: IdentityCtx, { userId }: { readonly userId: UserId }): Promise<Result<Membership, MemberProblem>> {
  const standing = await holdAsManager(ctx);
  if (!standing.ok) return standing;
  const { members, own } = standing.value;
  const member = members.find((one) => one.userId === userId);
  if (!member) return err(notFound("member"));
  const reach = checkReach(own, member.role);
  if (!reach.ok) return reach;
  const staffed = checkOwnerStays(members, userId);
  if (!staffed.ok) return staffed;
  await ctx.members.remove(userId, { role: member.role, invitationsRevoked: await ctx.invitations.revokeOf(userId, beyond(null)) });
  return ok(member);
}
