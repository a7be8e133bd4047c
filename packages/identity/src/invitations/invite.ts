import { days, err, ok, type Result, roles } from "@herald/kernel";
import { z } from "zod";
import type { IdentityCtx } from "../ctx.ts";
import { checkReach, holdAsManager } from "../members/standing.ts";
import type { InviteProblem } from "../problems.ts";
import { EmailInput } from "./email.ts";
import type { InvitationLink } from "./ports.ts";

export const invitationLifeMs = days(7);

export const InviteInput = z.strictObject({ email: EmailInput, role: z.enum(roles) });
export type Invite = z.output<typeof InviteInput>;

/** Invites one address to one role, for 7 days. The answer holds the token, which is shown once and kept nowhere. */
export async function invite(ctx: IdentityCtx, { email, role }: Invite): Promise<Result<InvitationLink, InviteProblem>> {
  const standing = await holdAsManager(ctx);
  if (!standing.ok) return standing;
  const reach = checkReach(standing.value.own, role);
  if (!reach.ok) return reach;
  if (await ctx.invitations.isMember(email)) return err({ type: "already_member" });
  const link = await ctx.invitations.open({ email, role, expiresAtMs: ctx.nowMs + invitationLifeMs });
  if (link) return ok(link);
  const invitationId = await ctx.invitations.findLive(email);
  if (invitationId === null) throw new Error("an invitation stood in the way and is not there");
  return err({ type: "already_invited", invitationId });
}
