import type { CampaignId, ImportBatchId, Result } from "@herald/kernel";
import type { AuditTrailPort } from "./trail.ts";

/** A file of people's data that leaves. How many are in it is what the campaign or the import keeps. */
export type Download =
  | { readonly of: "recipients"; readonly campaignId: CampaignId }
  | { readonly of: "refused_rows"; readonly importBatchId: ImportBatchId };

/**
 * The verb that lets a file begin, and its entry in the audit log, in one transaction: where the entry cannot be written nothing is let out, and what is
 * refused leaves none. The entry says that the file was begun; whether its reader stayed until the end nobody can know.
 */
export const audited =
  <Ctx, Input, Value, Failure>(
    begin: (ctx: Ctx, input: Input) => Promise<Result<Value, Failure>>,
    downloadOf: (begun: Value) => Download,
  ): ((ctx: Ctx & { readonly auditTrail: AuditTrailPort }, input: Input) => Promise<Result<Value, Failure>>) =>
  async (ctx, input) => {
    const begun = await begin(ctx, input);
    if (begun.ok) await ctx.auditTrail.noteDownload(downloadOf(begun.value));
    return begun;
  };
