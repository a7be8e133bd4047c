import { ColumnMappingInput, type ImportContacts, ImportContactsInput } from "@herald/contacts";
import { z } from "zod";

const { fileName, listName, defaultCountry } = ImportContactsInput.shape;
const { phone, name, tags, consent } = ColumnMappingInput.shape;
const pair = z.string().regex(/^[a-z][a-z0-9_]{0,59}:.{1,200}$/, "is not written as field_key:Column name");

/** The mapping as names of columns. Values of people travel in the body only, never in an address. */
export const ImportQuery = z
  .strictObject({
    fileName,
    listName,
    defaultCountry,
    phone: phone.optional(),
    name,
    tags,
    consent,
    /** `field=first_name:First name`, once per field. */
    field: z.union([pair.transform((one) => [one]), z.array(pair).max(200)]).optional(),
  })
  .refine(({ phone, name, tags, consent, field }) => phone !== undefined || (name ?? tags ?? consent ?? field) === undefined, {
    path: ["phone"],
    message: "must be named when other columns are; name no column at all to have the mapping guessed",
  });

export function importInputOf(query: z.output<typeof ImportQuery>): Omit<ImportContacts, "content"> {
  const { phone, name, tags, consent, field = [], ...rest } = query;
  if (phone === undefined) return rest;
  const fields = Object.fromEntries(field.map((text) => [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)]));
  return { ...rest, mapping: { phone, name, tags, consent, fields } };
}
