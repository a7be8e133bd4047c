/** What a wall clock in a zone means. The same rule as the domain's `startOf`, which needs a library of 20 kB that no screen waits for. */
export type Moment = {
  readonly atMs: number;
  /** What the clock there will show, "2026-12-01T09:00". */
  readonly local: string;
  readonly adjusted: "skipped_by_clock_change" | "earlier_of_two" | null;
};

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Null: no such day or time, or no such zone. A time that is skipped moves forward by the gap, of one that comes twice the earlier is taken. */
export function momentIn(zone: string, local: string): Moment | null {
  const wallMs = wallOf(local);
  if (wallMs === null || !isZone(zone)) return null;
  const before = offsetMs(zone, wallMs - dayMs);
  const after = offsetMs(zone, wallMs + dayMs);
  const meant = [wallMs - before, wallMs - after].filter((atMs) => atMs + offsetMs(zone, atMs) === wallMs);
  const [one, other] = meant;
  if (one === undefined) {
    const atMs = wallMs - before;
    return { atMs, local: localAt(zone, atMs), adjusted: "skipped_by_clock_change" };
  }
  const comesTwice = other !== undefined && other !== one;
  return { atMs: Math.min(...meant), local: local.slice(0, 16), adjusted: comesTwice ? "earlier_of_two" : null };
}

/** "2026-12-01T09:00", as a clock in the zone shows it at an instant. */
export const localAt = (zone: string, atMs: number): string => new Date(atMs + offsetMs(zone, atMs)).toISOString().slice(0, 16);

/** Ahead of UTC at an instant; whole seconds. */
function offsetMs(zone: string, atMs: number): number {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const shown = Date.UTC(part["year"] ?? 0, (part["month"] ?? 1) - 1, part["day"], part["hour"], part["minute"], part["second"]);
  return shown - Math.floor(atMs / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}

function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

/** The wall clock as if it were UTC, with its seconds where a script named them; a 30th of February is none. */
function wallOf(local: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(local)) return null;
  const whole = local.padEnd(19, ":00");
  const wallMs = Date.parse(`${whole}Z`);
  return Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(0, 19) !== whole ? null : wallMs;
}
