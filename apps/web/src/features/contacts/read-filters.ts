import { ContactFilterInput } from "@herald/contacts";
import { type Filters, filterKeys } from "./filters.ts";

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What an address names and makes sense; a misspelt member is left out, as if nobody had written it. */
export function readFilters(given: SearchParams): Filters {
  const known = filterKeys.flatMap((key) => {
    const value = given[key];
    return typeof value === "string" && value.trim() !== "" && ContactFilterInput.shape[key].safeParse(value).success ? [[key, value]] : [];
  });
  return Object.fromEntries(known) as Filters;
}
