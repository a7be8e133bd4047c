"use client";
import { useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";
import type { Reader } from "./reader.ts";
import { figuresOf, standingOf } from "./standing.ts";

const oneDayMs = 86_400_000;

/** A moment as short as it can be: the time of a day near by, else the day. */
export function useMoment(nowMs: number): (iso: string) => string {
  const format = useFormatter();
  return useCallback(
    (iso) => {
      const at = new Date(iso);
      const isNear = Math.abs(at.getTime() - nowMs) < oneDayMs / 2;
      return format.dateTime(at, isNear ? { timeStyle: "short" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    },
    [format, nowMs],
  );
}

/** Whoever did something, as the reader calls them. */
export function useWho(reader: Reader): (userId: string | null) => string {
  const t = useTranslations("campaigns.who");
  return useCallback(
    (userId) => (userId === null ? t("herald") : userId === reader.userId ? t("you") : (reader.names[userId] ?? t("colleague"))),
    [reader, t],
  );
}

/** Why a campaign stands where it does, in a few words; null where the status says all. */
export function useReason(reader: Reader, nowMs: number): (row: CampaignRow) => string | null {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  const momentOf = useMoment(nowMs);
  const whoOf = useWho(reader);
  return useCallback(
    (row) => {
      const { stop, stalled, pauseReasons, scheduledAt, blocks, restUntil } = row;
      const stopped = (word: "pausedBy" | "stoppedBy"): string | null => {
        if (stop === null) return null;
        const facts = { who: whoOf(stop.by), ago: format.relativeTime(new Date(stop.at), new Date(nowMs)) };
        return stop.note === null ? t(`reason.${word}`, facts) : t(`reason.${word}With`, { ...facts, note: stop.note });
      };
      const { word } = standingOf(row);
      if (word === "stalled" && stalled !== null)
        return t(`stall.${stalled}`, {
          by: row.killedBy ?? "number",
          scope: blocks[0]?.scope ?? "number",
          until: restUntil === null ? "" : momentOf(restUntil),
        });
      if (word === "paused") {
        if (pauseReasons.includes("template_changed")) return t("reason.templateChanged");
        return pauseReasons.includes("schedule_missed") ? t("reason.scheduleMissed") : stopped("pausedBy");
      }
      if (word === "stopping" || word === "cancelled")
        return pauseReasons.includes("schedule_missed") ? t("reason.missedAndLeftOut") : stopped("stoppedBy");
      if (word === "scheduled" && scheduledAt !== null)
        return t(row.attention.includes("schedule_missed") ? "reason.overdue" : "reason.startsAt", { at: momentOf(scheduledAt) });
      if (word === "failed") return t("reason.nobodyGotIt");
      return word === "partlySent" ? t("reason.notForAll", { count: figuresOf(row).missed }) : null;
    },
    [t, format, momentOf, whoOf, nowMs],
  );
}
