import type { ColumnMapping } from "./mapping.ts";
import { isReasonColumn } from "./refused-csv.ts";

/** Headers people write, folded by `fold`, in the languages of our first customers. The first one that the file has wins. */
const known = {
  phone:
    "phone phonenumber mobile mobilenumber mobilephone cell cellphone whatsapp whatsappnumber msisdn tel telephone number telefon telefonnummer handy handynummer mobil telefono celular movil telefone telemovel numero portable الهاتف رقمالهاتف الجوال رقمالجوال موبايل",
  name: "name fullname displayname contact contactname customer customername nombre nombrecompleto nome nomecompleto nom nomcomplet الاسم الاسمالكامل",
  tags: "tags tag labels label segment segments etiquetas",
  consent: "consent optin marketingconsent marketing whatsappoptin whatsappconsent subscribed consentimiento einwilligung zustimmung",
} as const;

const knownFields: readonly (readonly [field: string, names: string])[] = [
  ["first_name", "firstname givenname vorname prenom primeironome primernombre الاسمالأول"],
  ["last_name", "lastname surname familyname nachname apellido apellidos sobrenome nomdefamille"],
];

const fold = (header: string): string =>
  header
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
/** The key of a contact field that a column of this name would fill: "Loyalty points" → `loyalty_points`. Empty when no letter of it can stand in a key. */
export const fieldKeyOf = (header: string): string =>
  header
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .slice(0, 60);

/**
 * What the columns seem to be, to be confirmed by a person. Columns without a known name become fields of that name;
 * null when no column looks like a phone number.
 */
export function guessMapping(headers: readonly string[]): ColumnMapping | null {
  const isUnique = (header: string): boolean =>
    header !== "" && !isReasonColumn(header) && headers.indexOf(header) === headers.lastIndexOf(header);
  const free = new Set(headers.filter(isUnique));
  const take = (names: string): string | undefined => {
    const wanted = names.split(" ").map(fold);
    const found = [...free]
      .map((header) => ({ header, rank: wanted.indexOf(fold(header)) }))
      .filter(({ rank }) => rank !== -1)
      .toSorted((one, other) => one.rank - other.rank)[0]?.header;
    if (found !== undefined) free.delete(found);
    return found;
  };
  const phone = take(known.phone);
  if (phone === undefined) return null;
  const [name, tags, consent] = [take(known.name), take(known.tags), take(known.consent)];
  const fields: Record<string, string> = {};
  for (const [field, names] of knownFields) {
    const header = take(names);
    if (header !== undefined) fields[field] = header;
  }
  for (const header of free) {
    const key = fieldKeyOf(header);
    if (key !== "" && !(key in fields)) fields[key] = header;
  }
  return { phone, ...(name && { name }), ...(tags && { tags }), ...(consent && { consent }), fields };
}
