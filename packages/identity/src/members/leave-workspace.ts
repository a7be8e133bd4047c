import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import type { LastOwner } from "../problems.ts";
import type { Membership } from "./ports.ts";
import { beyond, checkOwnerStays, holdMembers } from "./standing.ts";

/** Anybody may go, but the last owner: somebody else has to become one first. */
export async function leaveWorkspace(ctx: IdentityCtx): Promise<Result<Membership, NotAllowed | LastOwner>> {
  const { actor } = ctx;
  if (actor.kind !== "user") return err(notAllowed("workspace.read"));
  const standing = await holdMembers(ctx);
  if (!standing.ok) return standing;
  const { members, own } = standing.value;
  const staffed = checkOwnerStays(members, actor.userId);
  if (!staffed.ok) return staffed;
  await ctx.members.remove(actor.userId, { role: own, invitationsRevoked: await ctx.invitations.revokeOf(actor.userId, beyond(null)) });
  return ok({ userId: actor.userId, role: own });
}
