"use client";
import { isSameDay } from "@herald/ui/date-format";
import { Time, type TimeProps } from "@herald/ui/time";
import type { ReactNode } from "react";
import { useLocale, useTimeZone } from "use-intl";
import { msOf } from "./report.ts";

/** A moment as the reader's clock shows it; the zone on hover. */
function At({ at, look = "time" }: { readonly at: string | number; readonly look?: TimeProps["look"] }) {
  const atMs = typeof at === "number" ? at : msOf(at);
  return <Time atMs={atMs} locale={useLocale()} zone={useTimeZone() ?? "UTC"} {...(look && { look })} />;
}

/** The time alone on the day that the page is of, the day with it else. */
function AtOrDay({ at, nowMs }: { readonly at: string | number; readonly nowMs: number }) {
  const zone = useTimeZone() ?? "UTC";
  const atMs = typeof at === "number" ? at : msOf(at);
  return <At at={atMs} look={isSameDay(atMs, nowMs, zone) ? "time" : "dateTime"} />;
}

/** The same for the tag `<at></at>` of a message. */
export const dayTag = (at: string | number, nowMs: number) => (): ReactNode => <AtOrDay at={at} nowMs={nowMs} />;
export const secondTag = (at: number) => (): ReactNode => <At at={at} look="timeWithSeconds" />;
