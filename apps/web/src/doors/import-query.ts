import { ColumnMappingInput, type ImportContacts, ImportContactsInput, type TryImport } from "@herald/contacts";
import { z } from "zod";

const { fileName, listName, defaultCountry } = ImportContactsInput.shape;
const { phone, name, tags, consent } = ColumnMappingInput.shape;
const pair = z.string().regex(/^[a-z][a-z0-9_]{0,59}:.{1,200}$/, "is not written as field_key:Column name");

const columns = {
  defaultCountry,
  phone: phone.optional(),
  name,
  tags,
  consent,
  /** `field=first_name:First name`, once per field. */
  field: z.union([pair.transform((one) => [one]), z.array(pair).max(200)]).optional(),
};
type Columns = z.output<z.ZodObject<typeof columns>>;
const namesPhone = ({ phone, name, tags, consent, field }: Columns): boolean =>
  phone !== undefined || (name ?? tags ?? consent ?? field) === undefined;
const phoneNeeded = { path: ["phone"], message: "must be named when other columns are; name no column at all to have the mapping guessed" };

/** The mapping as names of columns. Values of people travel in the body only, never in an address. */
export const ImportQuery = z.strictObject({ fileName, listName, ...columns }).refine(namesPhone, phoneNeeded);

/** `cut=yes`: the body is the beginning of a larger file, up to the end of a line. */
export const TryQuery = z.strictObject({ cut: z.enum(["yes", "no"]).default("no"), ...columns }).refine(namesPhone, phoneNeeded);

export const importInputOf = ({
  fileName,
  listName,
  ...rest
}: z.output<typeof ImportQuery>): Omit<ImportContacts, "content" | "onProgress"> => ({
  fileName,
  listName,
  ...columnsOf(rest),
});

export const tryInputOf = ({ cut, ...rest }: z.output<typeof TryQuery>): Omit<TryImport, "content"> => ({
  isCut: cut === "yes",
  ...columnsOf(rest),
});

function columnsOf({
  defaultCountry,
  phone,
  name,
  tags,
  consent,
  field = [],
}: Columns): Pick<ImportContacts, "defaultCountry" | "mapping"> {
  if (phone === undefined) return { defaultCountry };
  const fields = Object.fromEntries(field.map((text) => [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)]));
  return { defaultCountry, mapping: { phone, name, tags, consent, fields } };
}

/** The verb speaks of its mapping; the caller wrote members of a query. */
export const memberOf = (path: string): string =>
  path.startsWith("mapping.fields.") ? "query.field" : path.startsWith("mapping.") ? path.replace("mapping", "query") : path;
