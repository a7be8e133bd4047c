import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import type { InvitationEntry } from "./ports.ts";

/** Open invitations, to whoever may make them: the addresses of people who are not members yet are nobody else's business. */
export async function listInvitations(ctx: IdentityCtx): Promise<Result<readonly InvitationEntry[], NotAllowed>> {
  return ctx.allows("members.manage") ? ok(await ctx.invitations.listOpen()) : err(notAllowed("members.manage"));
}
