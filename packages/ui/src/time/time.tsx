import { dateFormat } from "./date-format.ts";
import classes from "./time.module.css";

export interface TimeProps {
  readonly atMs: number;
  readonly locale: string;
  /** IANA zone the reader works in: "Europe/Lisbon". */
  readonly zone: string;
  readonly look?: "time" | "timeWithSeconds" | "date" | "dateTime";
  /** Shown instead of the time ("12 min ago"); the full time stays on hover. */
  readonly children?: string;
}

const LOOKS: Readonly<Record<NonNullable<TimeProps["look"]>, Intl.DateTimeFormatOptions>> = {
  time: { timeStyle: "short" },
  timeWithSeconds: { timeStyle: "medium" },
  date: { day: "numeric", month: "short", year: "numeric" },
  dateTime: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
};

/** A moment in the reader's zone; the full date and the zone's name on hover. */
export function Time({ atMs, locale, zone, look = "dateTime", children }: TimeProps) {
  const at = new Date(atMs);
  const full = dateFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone: zone }).format(at);
  return (
    <time dateTime={at.toISOString()} title={`${full} (${zone})`} className={classes.time}>
      {children ?? dateFormat(locale, { ...LOOKS[look], timeZone: zone }).format(at)}
    </time>
  );
}
