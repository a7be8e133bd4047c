import { err, type InvitationId, notFound, ok, type Result } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import { checkReach, holdAsManager } from "../members/standing.ts";
import type { RevokeProblem } from "../problems.ts";
import { invitationLifeMs } from "./invite.ts";
import type { InvitationLink } from "./ports.ts";

/**
 * Another link for an open invitation, good for 7 days from now; the former link stops working. Whoever renews it vouches for it from now on,
 * so only who could have made it may: the link to become an owner is for owners' eyes.
 */
export async function renewInvitation(
  ctx: IdentityCtx,
  { invitationId }: { readonly invitationId: InvitationId },
): Promise<Result<InvitationLink, RevokeProblem>> {
  const standing = await holdAsManager(ctx);
  if (!standing.ok) return standing;
  const open = await ctx.invitations.hold(invitationId);
  if (!open) return err(notFound("invitation"));
  const reach = checkReach(standing.value.own, open.role);
  if (!reach.ok) return reach;
  return ok(await ctx.invitations.renew({ ...open, expiresAtMs: ctx.nowMs + invitationLifeMs }));
}
