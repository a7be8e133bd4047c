import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { ContactsCtx } from "../ports.ts";

/** Keeps that an import was cancelled: nothing of it was written, and whoever looks for it is to learn why. */
export async function noteCancelledImport(
  ctx: ContactsCtx,
  { fileName }: { readonly fileName: string },
): Promise<Result<null, NotAllowed>> {
  if (!ctx.allows("contacts.import")) return err(notAllowed("contacts.import"));
  await ctx.imports.noteCancelled(fileName);
  return ok(null);
}
