"use client";
import { isSameDay } from "@herald/ui/date-format";
import { Time, type TimeProps } from "@herald/ui/time";
import { useLocale, useTimeZone } from "use-intl";

/** A moment as the reader's clock shows it; today the time alone. */
export function Moment({ at, nowMs }: { readonly at: string; readonly nowMs: number }) {
  const zone = useTimeZone() ?? "UTC";
  const atMs = Date.parse(at);
  const look: NonNullable<TimeProps["look"]> = isSameDay(atMs, nowMs, zone) ? "timeWithSeconds" : "dateTime";
  return <Time atMs={atMs} locale={useLocale()} zone={zone} look={look} />;
}
