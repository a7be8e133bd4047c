"use client";
import { Badge } from "@herald/ui/badge";
import { Breadcrumbs } from "@herald/ui/breadcrumbs";
import { Button } from "@herald/ui/button";
import { StaleBanner } from "@herald/ui/connection";
import { PageHeader } from "@herald/ui/page-header";
import { Status } from "@herald/ui/status";
import { TabLinks } from "@herald/ui/tab-links";
import { usePathname } from "next/navigation";
import { Fragment, type ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { LiveChip } from "../../realtime/connection-chip.client.tsx";
import { overviewHref, recipientsHref } from "./addresses.ts";
import { dayTag, secondTag } from "./at.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import { CampaignControls } from "./controls.client.tsx";
import { LedgerLine } from "./ledger-line.client.tsx";
import classes from "./live.module.css";
import { pauseWordOf } from "./needs.ts";
import { dueOf, isOver, standingOf, timeLeftOf, unsentOf } from "./standing.ts";

/** What stays on top of every part of a campaign: what it is, where it stands, what one can do, and that nothing is lost. */
export function CampaignHead() {
  const t = useTranslations("live");
  const shell = useTranslations("shell");
  const { facts, report, live } = useCampaign();
  const standing = standingOf(report);
  return (
    <div className={classes.head}>
      <PageHeader
        above={
          <Breadcrumbs
            label={t("crumbs")}
            crumbs={[{ text: shell("places.campaigns"), href: `/panel/w/${facts.workspaceId}/campaigns` }, { text: report.campaign.name }]}
          />
        }
        title={report.campaign.name}
        status={
          <>
            <Status
              kind={standing.kind}
              word={t(`statuses.${standing.word}`)}
              reason={report.stalled !== null && standing.word === "stalled" ? t(`stalls.${report.stalled}.short`) : undefined}
            />
            {report.campaign.kind === "test" ? <Badge>{t("test")}</Badge> : null}
            <LiveChip connection={live.connection} asOfMs={live.asOfMs} />
          </>
        }
        note={<Note />}
        actions={<CampaignControls />}
      />
      {live.connection === "stale" ? (
        <StaleBanner
          action={
            <Button size="small" onClick={live.refresh}>
              {t("ask")}
            </Button>
          }
        >
          {t.rich("stale", { at: secondTag(live.asOfMs) })}
        </StaleBanner>
      ) : null}
      <LedgerLine />
      <ToldLine />
      <Parts />
    </div>
  );
}

/** When, by whom, how much longer: parts with a dot between them. */
function Note() {
  const t = useTranslations("live");
  const { report, live } = useCampaign();
  const { campaign, control } = report;
  const at = (iso: string) => dayTag(iso, live.asOfMs);
  const parts: ReactNode[] = [];
  if (campaign.startedAt === null && campaign.scheduledAt !== null && !isOver(report)) {
    parts.push(t.rich("times.starts", { at: at(campaign.scheduledAt) }));
    if (campaign.scheduleZone !== null) parts.push(t("times.zone", { zone: campaign.scheduleZone }));
  } else if (campaign.startedAt !== null) parts.push(t.rich("times.started", { at: at(campaign.startedAt) }));
  else parts.push(t.rich("times.created", { at: at(campaign.createdAt) }));
  if (campaign.finishedAt !== null && isOver(report)) parts.push(t.rich("times.finished", { at: at(campaign.finishedAt) }));
  if (control.flag === "paused" && !isOver(report)) parts.push(<PausedBy />);
  parts.push(...useTimeLeft());
  return (
    <span className={classes.note}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other name, and none keeps a state
        <Fragment key={index}>
          {index > 0 ? <span aria-hidden="true"> · </span> : null}
          <span>{part}</span>
        </Fragment>
      ))}
    </span>
  );
}

function PausedBy() {
  const t = useTranslations("live");
  const { facts, report, live } = useCampaign();
  const { last } = report.control;
  if (last === null || last.action !== "paused") return t("paused.plain");
  const at = dayTag(last.at, live.asOfMs);
  const why = t(`pauseReasons.${pauseWordOf(report.campaign.pauseReasons[0] ?? "")}.short`);
  const who = last.userId === null ? "system" : last.userId === facts.userId ? "you" : "colleague";
  return (
    <>
      {t.rich(`paused.${who}`, { at, why, name: facts.colleagues[last.userId ?? ""] ?? t("paused.somebody") })}
      {last.note ? ` ${t("saidWhy", { note: last.note })}` : null}
    </>
  );
}

function useTimeLeft(): readonly ReactNode[] {
  const t = useTranslations("live.left");
  const { report, live } = useCampaign();
  const left = timeLeftOf(report);
  if (left.kind === "none") return isOver(report) || unsentOf(report) === 0 ? [] : [t("count", { count: unsentOf(report) })];
  const later = report.ledger.counts.deferred;
  const then = later > 0 ? [t("then", { count: later })] : [];
  if (left.kind === "unknown") return [t("count", { count: dueOf(report) }), t("unknown"), ...then];
  if (left.kind === "moment") return [t("moment"), ...then];
  const doneMs = live.asOfMs + left.minutes * 60_000;
  const howLong =
    left.minutes < 100
      ? t("minutes", { count: left.minutes })
      : t("hours", { hours: Math.floor(left.minutes / 60), minutes: left.minutes % 60 });
  return [howLong, t.rich("until", { at: dayTag(doneMs, live.asOfMs) }), ...then];
}

/** What the last act came to; said politely to screen readers. */
function ToldLine() {
  const t = useTranslations("live.told");
  const { report, told } = useCampaign();
  return (
    <p role="status" className={classes.told} data-empty={told === null || undefined}>
      {told
        ? t.rich(told.key, {
            at: secondTag(told.atMs),
            count: told.count ?? report.ledger.counts.dispatching,
            left: told.left ?? 0,
          })
        : null}
    </p>
  );
}

function Parts() {
  const t = useTranslations("live.tabs");
  const format = useFormatter();
  const { facts, report } = useCampaign();
  const isRecipients = usePathname().startsWith(recipientsHref(facts));
  return (
    <TabLinks
      label={t("label")}
      tabs={[
        { key: "overview", label: t("overview"), href: overviewHref(facts), isCurrent: !isRecipients },
        {
          key: "recipients",
          label: t("recipients"),
          count: format.number(report.ledger.planned),
          href: recipientsHref(facts),
          isCurrent: isRecipients,
        },
      ]}
    />
  );
}
