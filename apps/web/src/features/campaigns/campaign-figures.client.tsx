"use client";
import { Time } from "@herald/ui/time";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "use-intl";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";
import classes from "./campaigns.module.css";
import { figuresOf, isOver } from "./standing.ts";
import { useMoment } from "./use-reason.client.ts";

/** What a campaign comes to: pace, end and what waits while it goes on; afterwards what arrived, was read and answered. */
export function CampaignFigures({ row, nowMs }: { readonly row: CampaignRow; readonly nowMs: number }) {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  const momentOf = useMoment(nowMs);
  const place = { locale: useLocale(), zone: useTimeZone() ?? "UTC" };
  const { accepted, later, left, deliveredShare, readShare, repliedShare } = figuresOf(row);
  const percent = (share: number): string => format.number(share, { style: "percent", maximumFractionDigits: 1 });
  if (isOver(row))
    return (
      <div className={classes.facts}>
        <span className={classes.fact}>
          {accepted === 0 ? <span>{t("outcome.none")}</span> : null}
          {deliveredShare === null ? null : (
            <span className={classes.strong}>{t("outcome.delivered", { share: percent(deliveredShare) })}</span>
          )}
          {readShare === null ? null : <span>{t("outcome.read", { share: percent(readShare) })}</span>}
          {repliedShare === null ? null : <span>{t("outcome.replied", { share: percent(repliedShare) })}</span>}
        </span>
        {row.finishedAt === null ? null : (
          <span className={classes.fact}>
            <span>
              {t("when.ended")} <Time atMs={Date.parse(row.finishedAt)} {...place} />
            </span>
          </span>
        )}
      </div>
    );
  const isWaiting = row.status === "paused" || row.stalled !== null || row.isStopping;
  return (
    <div className={classes.facts}>
      <span className={classes.fact}>
        {row.perSecond === null || row.capPerSecond === null ? null : (
          <span className={classes.strong}>
            {t("pace.now", { rate: format.number(row.perSecond, { maximumFractionDigits: 1 }), cap: row.capPerSecond })}
          </span>
        )}
        {row.endsAt === null ? null : <span>{t("pace.ends", { at: momentOf(row.endsAt) })}</span>}
        {isWaiting && left > 0 ? <span className={classes.strong}>{t("pace.left", { count: left })}</span> : null}
      </span>
      <span className={classes.fact}>
        {!isWaiting && later > 0 ? <span>{t("pace.later", { count: later })}</span> : null}
        <span>
          {t(row.startedAt === null ? "when.made" : "when.started")} <Time atMs={Date.parse(row.startedAt ?? row.createdAt)} {...place} />
        </span>
      </span>
    </div>
  );
}
