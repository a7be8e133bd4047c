import { err, type NotAllowed, notAllowed, ok, parseImportBatchId, parseRecipientListId, type Result } from "@herald/kernel";
import { z } from "zod";
import { isCountry } from "../import/phone.ts";
import {
  type ContactCount,
  type ContactFilter,
  type ContactPage,
  consentWords,
  contactStatuses,
  type PeopleCtx,
} from "../people/contact-port.ts";
import { storable } from "../people/text.ts";

/** People of one page. */
const contactPageSize = 100;
/** `next` of a page: when its last person was added, and who. */
const cursor = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f-]{36}$/;

const id = <Id extends string>(parse: (value: string) => Id | null, what: string) =>
  z.string().transform((value, ctx): Id => {
    const parsed = parse(value);
    if (parsed !== null) return parsed;
    ctx.addIssue({ code: "custom", message: `is not the id of ${what}` });
    return z.NEVER;
  });

/** The filter as an address has it: the same words in the panel's and in the door's. An empty member is one that is not there. */
export const ContactFilterInput = z.strictObject({
  search: storable(100).trim().optional(),
  tag: storable(60).min(1).optional(),
  list: id(parseRecipientListId, "a list").optional(),
  import: id(parseImportBatchId, "an import").optional(),
  country: z.string().toUpperCase().refine(isCountry, "is not a country code, e.g. AE").optional(),
  consent: z.enum(consentWords).optional(),
  status: z.enum(contactStatuses).default("active"),
});
export const ListContactsInput = ContactFilterInput.extend({ after: z.string().regex(cursor, "is not `next` of a page").optional() });
export type ListContacts = z.output<typeof ListContactsInput>;

const filterOf = ({ search, list, import: importBatchId, ...same }: z.output<typeof ContactFilterInput>): ContactFilter => ({
  search: search === "" ? undefined : search,
  listId: list,
  importBatchId,
  tag: same.tag,
  country: same.country,
  consent: same.consent,
  status: same.status,
});

/** A page of people, newest first. */
export async function listContacts(ctx: PeopleCtx, { after, ...filter }: ListContacts): Promise<Result<ContactPage, NotAllowed>> {
  if (!ctx.allows("contacts.read")) return err(notAllowed("contacts.read"));
  return ok(await ctx.contacts.page(filterOf(filter), after ?? null, contactPageSize));
}

/** How many people a filter names; of very many only that there are more. */
export async function countContacts(
  ctx: PeopleCtx,
  filter: z.output<typeof ContactFilterInput>,
): Promise<Result<ContactCount, NotAllowed>> {
  if (!ctx.allows("contacts.read")) return err(notAllowed("contacts.read"));
  return ok(await ctx.contacts.count(filterOf(filter)));
}
