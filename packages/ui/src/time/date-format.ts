const known = new Map<string, Intl.DateTimeFormat>();

/** One for each locale, zone and look: to make one takes some fifty times as long as to use it, and a table has a moment in every row. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = known.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, options);
    known.set(key, format);
  }
  return format;
}

/** Whether two moments are of one day of somebody's calendar; `zone` is an IANA name. */
export function isSameDay(oneMs: number, otherMs: number, zone: string): boolean {
  const day = dateFormat("en", { dateStyle: "short", timeZone: zone });
  return day.format(oneMs) === day.format(otherMs);
}
