/** A moment in UTC that a calendar has, `2026-11-21T10:00:00.123456Z`: written like one is not enough, `2026-02-31` is. Postgres has no year 0. */
export function isMoment(text: string): boolean {
  const atMs = Date.parse(text);
  return !Number.isNaN(atMs) && !text.startsWith("0000") && new Date(atMs).toISOString().slice(0, 19) === text.slice(0, 19);
}

/** The same of a day, `2026-11-21`. */
export const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(`${text}T00:00:00Z`);
