import { err, ok, type Result, type Role, type WorkspaceId } from "@herald/kernel";
import { z } from "zod";
import type { AcceptProblem, LookProblem } from "../problems.ts";
import { sameEmail } from "./email.ts";
import type { DoorstepCtx, FoundInvitation, VisitorCtx } from "./ports.ts";

/** 256 bits as base64url. Anything else is nobody's token, and is told so like one. */
export const TokenInput = z.strictObject({ token: z.string().max(200) });
export type Token = z.output<typeof TokenInput>;

export type Joined = {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly role: Role;
  /** False: the person was a member before, and nothing was changed. */
  readonly isNew: boolean;
};

/** What an open invitation invites to, for whoever holds its link. Changes nothing: looking uses nothing up. */
export async function lookAtInvitation(ctx: DoorstepCtx, { token }: Token): Promise<Result<FoundInvitation, LookProblem>> {
  const found = await ctx.doorstep.find(token, { hold: false });
  if (!found) return err({ type: "invitation_unknown" });
  return found.acceptedBy === null ? unlessExpired(ctx, found) : err({ type: "invitation_used" });
}

/** Makes the signed-in person a member: once, in time, and only the person who was invited. Again by the same person is harmless. */
export async function acceptInvitation(ctx: VisitorCtx, { token }: Token): Promise<Result<Joined, AcceptProblem>> {
  const found = await ctx.doorstep.find(token, { hold: true });
  if (!found) return err({ type: "invitation_unknown" });
  const { workspaceId, workspaceName, memberAs } = found;
  if (found.acceptedBy !== null)
    // whoever was removed since does not come back by the same link
    return found.acceptedBy === ctx.userId && memberAs !== null
      ? ok({ workspaceId, workspaceName, role: memberAs, isNew: false })
      : err({ type: "invitation_used" });
  const inTime = unlessExpired(ctx, found);
  if (!inTime.ok) return inTime;
  if (!sameEmail(found.email, ctx.email)) return err({ type: "invitation_foreign" });
  await ctx.doorstep.join(found);
  // a role that the person has is neither raised nor lowered by a link
  return ok({ workspaceId, workspaceName, role: memberAs ?? found.role, isNew: memberAs === null });
}

const unlessExpired = (ctx: DoorstepCtx, found: FoundInvitation): Result<FoundInvitation, LookProblem> =>
  found.expiresAtMs > ctx.nowMs ? ok(found) : err({ type: "invitation_expired" });
