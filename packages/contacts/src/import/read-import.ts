import { err, type ImportBatchId, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import type { ContactsCtx, KeptImport, RefusedRow } from "../ports.ts";

/** What became of an import. One that still runs is waited for: "there is none" then means that nothing of it was, or will be, written. */
export async function readImport(
  ctx: ContactsCtx,
  { importBatchId }: { readonly importBatchId: ImportBatchId },
): Promise<Result<KeptImport, NotAllowed | NotFound>> {
  if (!ctx.allows("contacts.read")) return err(notAllowed("contacts.read"));
  const found = await ctx.imports.find(importBatchId);
  return found ? ok(found) : err(notFound("import"));
}

export type ReadRefusedRows = { readonly importBatchId: ImportBatchId; readonly afterRowNo: number };

/** Refused rows of an import, up to 1,000 below `afterRowNo`; none: it was the last page. They hold what the file says of people. */
export async function readRefusedRows(
  ctx: ContactsCtx,
  { importBatchId, afterRowNo }: ReadRefusedRows,
): Promise<Result<{ readonly batch: KeptImport; readonly rows: readonly RefusedRow[] }, NotAllowed | NotFound>> {
  if (!ctx.allows("contacts.import")) return err(notAllowed("contacts.import"));
  const batch = await ctx.imports.find(importBatchId);
  return batch ? ok({ batch, rows: await ctx.imports.refusedRows(importBatchId, afterRowNo) }) : err(notFound("import"));
}
