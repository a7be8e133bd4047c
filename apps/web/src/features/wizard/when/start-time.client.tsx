"use client";
import { DateTimeField, type PlannedMoment } from "@herald/ui/date-time-field";
import { useMemo, useState } from "react";
import { useFormatter, useTimeZone, useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import type { StartChoice } from "../model/draft-content.ts";
import { localAt, momentIn } from "../model/zone-moment.ts";
import { ClockChange } from "./clock-change.client.tsx";

const maxDaysAhead = 90;

/** Day, time and zone. What is chosen half stays on the screen; a time that the clocks skip or show twice is explained. */
export function StartTime({ zones }: { readonly zones: readonly string[] }) {
  const { content, change, issueAt, now } = useWizard();
  const t = useTranslations("wizard.when.time");
  const format = useFormatter();
  const readerZone = useTimeZone() ?? "UTC";
  const stored = plannedOf(content.schedule, readerZone);
  // a day without its time, or the other way round: not yet a start
  const [half, setHalf] = useState<Pick<PlannedMoment, "date" | "time"> | null>(null);
  const planned = { ...stored, ...half };
  const names = useMemo(() => [...new Set([planned.zone, readerZone, ...zones])], [planned.zone, readerZone, zones]);
  const moment = momentIn(planned.zone, `${planned.date}T${planned.time}`);
  const isWhole = planned.date !== "" && planned.time !== "";
  const put = (next: PlannedMoment): void => {
    const isWhole = next.date !== "" && next.time !== "";
    setHalf(isWhole ? null : { date: next.date, time: next.time });
    change({ schedule: { start: "at", ...(isWhole && { local: `${next.date}T${next.time}` }), zone: next.zone } });
  };
  const problem =
    isWhole && moment === null
      ? t("none")
      : moment !== null && moment.atMs <= now.getTime()
        ? t("passed", { now: localAt(planned.zone, now.getTime()).slice(11) })
        : moment !== null && moment.atMs > now.getTime() + maxDaysAhead * 86_400_000
          ? t("tooFar", { days: maxDaysAhead })
          : undefined;
  return (
    <>
      <DateTimeField
        label={t("label")}
        error={problem ?? issueAt("schedule")}
        value={planned}
        onChange={put}
        zones={names.map((zone) => ({ value: zone, text: zone.replaceAll("_", " ") }))}
        dateLabel={t("date")}
        timeLabel={t("time")}
        zoneLabel={t("zone")}
        minDate={localAt(planned.zone, now.getTime()).slice(0, 10)}
      >
        {moment === null || planned.zone === readerZone
          ? null
          : t("yours", {
              at: format.dateTime(moment.atMs, { dateStyle: "medium", timeStyle: "short" }),
              zone: readerZone.replaceAll("_", " "),
            })}
      </DateTimeField>
      <ClockChange schedule={content.schedule} />
    </>
  );
}

function plannedOf(schedule: StartChoice | undefined, readerZone: string): PlannedMoment {
  if (schedule?.start !== "at") return { date: "", time: "", zone: readerZone };
  if ("at" in schedule && schedule.at !== undefined) {
    const local = localAt(readerZone, Date.parse(schedule.at));
    return { date: local.slice(0, 10), time: local.slice(11), zone: readerZone };
  }
  const { local = "", zone = readerZone } = schedule as { readonly local?: string; readonly zone?: string };
  return { date: local.slice(0, 10), time: local.slice(11, 16), zone };
}
