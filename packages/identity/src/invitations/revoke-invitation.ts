import { err, type InvitationId, notFound, ok, type Result } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import { checkReach, holdAsManager } from "../members/standing.ts";
import type { RevokeProblem } from "../problems.ts";

/** Its link stops working at once. One that was accepted is gone from here: remove the member instead. */
export async function revokeInvitation(
  ctx: IdentityCtx,
  { invitationId }: { readonly invitationId: InvitationId },
): Promise<Result<{ readonly invitationId: InvitationId }, RevokeProblem>> {
  const standing = await holdAsManager(ctx);
  if (!standing.ok) return standing;
  const open = await ctx.invitations.hold(invitationId);
  if (!open) return err(notFound("invitation"));
  const reach = checkReach(standing.value.own, open.role);
  if (!reach.ok) return reach;
  await ctx.invitations.revoke(open);
  return ok({ invitationId });
}
