"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { StartChoice } from "../model/draft-content.ts";
import { momentIn } from "../model/zone-moment.ts";
import classes from "./when.module.css";

/** What becomes of a time that the clocks of its zone skip, and which one is meant of a time that they show twice. Nothing for any other. */
export function ClockChange({ schedule }: { readonly schedule: StartChoice | undefined }) {
  const t = useTranslations("wizard.when.time");
  if (schedule?.start !== "at" || !("local" in schedule) || schedule.local === undefined || schedule.zone === undefined) return null;
  const moment = momentIn(schedule.zone, schedule.local);
  if (!moment?.adjusted) return null;
  const words = { zone: schedule.zone.replaceAll("_", " "), asked: schedule.local.slice(11, 16), shown: moment.local.slice(11) };
  return (
    <p className={classes.warning} role="status">
      <TriangleAlert size={14} aria-hidden="true" />
      {t(moment.adjusted, words)}
    </p>
  );
}
