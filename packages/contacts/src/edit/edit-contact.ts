import { type ContactId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import type { PeopleCtx } from "../people/contact-port.ts";
import { storable } from "../people/text.ts";

/** Keys as an import maps them. */
const fieldKey = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, "is not a key: small letters, digits and _, beginning with a letter");

export const EditContactInput = z
  .strictObject({
    displayName: storable(200).trim().optional(),
    /** Null takes the field away; a key that is not named stays as it is. */
    fields: z
      .record(fieldKey, storable(1000).trim().nullable())
      .refine((fields) => Object.keys(fields).length <= 100, "has more than 100 fields")
      .optional(),
  })
  .refine(({ displayName, fields }) => displayName !== undefined || fields !== undefined, "name what to change: displayName or fields");
export type EditContact = z.output<typeof EditContactInput> & { readonly contactId: ContactId };
export type EditedContact = { readonly contactId: ContactId; readonly updatedAtMs: number };

/** Changes the name or fields of one person; saying the same again changes nothing more. An empty field is one that is taken away. */
export async function editContact(
  ctx: PeopleCtx,
  { contactId, displayName, fields }: EditContact,
): Promise<Result<EditedContact, NotFound | NotAllowed>> {
  if (!ctx.allows("contacts.write")) return err(notAllowed("contacts.write"));
  const kept = fields && Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value === "" ? null : value]));
  const edited = await ctx.contacts.edit(contactId, { displayName, fields: kept });
  return edited === null ? err(notFound("contact")) : ok({ contactId, ...edited });
}
