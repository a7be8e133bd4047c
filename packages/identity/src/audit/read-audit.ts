import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { IdentityCtx } from "../ctx.ts";
import type { AuditEntry, AuditQuery } from "./trail.ts";

export type AuditPage = { readonly entries: readonly AuditEntry[]; readonly hasMore: boolean };

/** Who did what, newest first, a page at a time; to admins and owners. */
export async function readAudit(ctx: IdentityCtx, query: AuditQuery): Promise<Result<AuditPage, NotAllowed>> {
  if (!ctx.allows("audit.read")) return err(notAllowed("audit.read"));
  const entries = await ctx.auditTrail.page({ ...query, limit: query.limit + 1 });
  return ok({ entries: entries.slice(0, query.limit), hasMore: entries.length > query.limit });
}
