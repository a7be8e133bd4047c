import { countries } from "@herald/contacts";

/** Every country whose numbers can be read, by name in the reader's language. */
export function countryNames(locale: string): readonly { readonly code: string; readonly name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return countries
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((one, other) => one.name.localeCompare(other.name, locale));
}

export const countryName = (code: string, locale: string): string => new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
