import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import type { MemberEntry } from "./ports.ts";

/** Who belongs to the workspace, to everybody who does. */
export async function listMembers(ctx: IdentityCtx): Promise<Result<readonly MemberEntry[], NotAllowed>> {
  return ctx.allows("workspace.read") ? ok(await ctx.members.list()) : err(notAllowed("workspace.read"));
}
