import { type ContactId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { PeopleCtx } from "../people/contact-port.ts";
import { storable } from "../people/text.ts";

/** As an import reads them: a separator is no part of a tag. */
const tag = storable(60)
  .trim()
  .min(1)
  .regex(/^[^|;,]*$/, "holds a separator; write several tags one by one");
const tags = z.array(tag).max(50).default([]);

export const ChangeTagsInput = z
  .strictObject({ add: tags, remove: z.array(storable(60).min(1)).max(50).default([]) })
  .refine(({ add, remove }) => add.length + remove.length > 0, "name a tag to add or to remove");
export type ChangeTags = z.output<typeof ChangeTagsInput> & { readonly contactId: ContactId };
export type TaggedContact = { readonly contactId: ContactId; readonly tags: readonly string[] };

/** Adds and takes away tags of one person; answers all that the person has then. A tag that is there already, or is not, is no failure. */
export async function changeTags(
  ctx: PeopleCtx,
  { contactId, add, remove }: ChangeTags,
): Promise<Result<TaggedContact, NotFound | NotAllowed>> {
  if (!ctx.allows("contacts.write")) return err(notAllowed("contacts.write"));
  const kept = await ctx.contacts.changeTags(contactId, { add: [...new Set(add)], remove: [...new Set(remove)] });
  return kept === null ? err(notFound("contact")) : ok({ contactId, tags: kept });
}
