/** The filter as it stands in the address; the same members as the door takes. */
export const filterKeys = ["search", "tag", "list", "import", "country", "consent", "status"] as const;
export type FilterKey = (typeof filterKeys)[number];
export type Filters = Readonly<Partial<Record<FilterKey, string>>>;

/** `?tag=vip&consent=granted`, in one order, so that equal filters have equal addresses; empty without any. */
export function queryOf(filters: Filters): string {
  const query = new URLSearchParams();
  for (const key of filterKeys) if (filters[key]) query.set(key, filters[key]);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

export function withFilter(filters: Filters, key: FilterKey, value: string | undefined): Filters {
  const others = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== key)) as Filters;
  return value ? { ...others, [key]: value } : others;
}

export const isFiltered = (filters: Filters): boolean => filterKeys.some((key) => filters[key] !== undefined);
