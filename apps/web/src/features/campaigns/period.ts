import { isDay } from "../../panel/calendar.ts";
import type { ListAddress } from "./list-address.ts";

/** From the first moment on, before the second; null: no bound. */
export type Span = { readonly fromMs: number | null; readonly toMs: number | null };

/** The moments that a period of the reader's calendar means. `week`: the last seven days, today among them. */
export function spanOf({ period, from, to }: Pick<ListAddress, "period" | "from" | "to">, zone: string, nowMs: number): Span {
  const today = dayIn(zone, nowMs);
  if (period === "today") return { fromMs: startOfDay(today, zone), toMs: null };
  if (period === "week") return { fromMs: startOfDay(plusDays(today, -6), zone), toMs: null };
  if (period === "month") return { fromMs: startOfDay(`${today.slice(0, 8)}01`, zone), toMs: null };
  if (period === "range")
    return { fromMs: isDay(from) ? startOfDay(from, zone) : null, toMs: isDay(to) ? startOfDay(plusDays(to, 1), zone) : null };
  return { fromMs: null, toMs: null };
}

const plusDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** The day a calendar in that zone shows at a moment. */
const dayIn = (zone: string, atMs: number): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(atMs);

/** Midnight of a day in a zone; where the clocks skip it, the first moment of that day. */
export function startOfDay(day: string, zone: string): number {
  const asUtcMs = Date.parse(`${day}T00:00:00Z`);
  // the offset at a guess, then at what the guess gave: right but for a midnight in the hour of a clock change, which the last step mends
  const guessMs = asUtcMs - offsetMs(zone, asUtcMs);
  const atMs = asUtcMs - offsetMs(zone, guessMs);
  return dayIn(zone, atMs) < day ? guessMs : atMs;
}

function offsetMs(zone: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(atMs);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - Math.floor(atMs / 1000) * 1000;
}
