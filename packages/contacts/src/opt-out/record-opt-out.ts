import { type ContactId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { OptOut, PeopleCtx } from "../people/contact-port.ts";
import { Note } from "../people/text.ts";

/** `note`: where and how the person said it; it is the proof. */
export const RecordOptOutInput = z.strictObject({ note: Note });
export type RecordOptOut = z.output<typeof RecordOptOutInput> & { readonly contactId: ContactId };

/** A member records that a person wants no marketing: over all identities, from the commit on (law L7). Saying it again writes nothing. */
export async function recordOptOut(
  ctx: PeopleCtx,
  { contactId, note }: RecordOptOut,
): Promise<Result<OptOut & { readonly contactId: ContactId }, NotFound | NotAllowed>> {
  if (!ctx.allows("consent.add")) return err(notAllowed("consent.add"));
  const recorded = await ctx.contacts.optOut(contactId, note);
  return recorded === null ? err(notFound("contact")) : ok({ contactId, ...recorded });
}
