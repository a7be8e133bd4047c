"use client";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { dayTag } from "./at.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";

/** The number's health in one line: its plan and where that comes from, what is granted now, and what holds it back. */
export function SenderLine() {
  const t = useTranslations("live.sender");
  const template = useTranslations("live")("template", useCampaign().facts.template);
  const format = useFormatter();
  const { facts, report, live } = useCampaign();
  const { pace } = report;
  const at = (iso: string) => dayTag(iso, live.asOfMs);
  const parts: ReactNode[] = [
    template,
    t("plan", { level: pace.planLevel, cap: format.number(pace.capPerSecond) }),
    pace.planCheckedAt === null ? t("planDefault") : t.rich("planMeta", { at: at(pace.planCheckedAt) }),
    t("effective", { perSecond: format.number(pace.effectivePerSecond, { maximumFractionDigits: 1 }) }),
  ];
  if (pace.planProblem !== null) parts.push(t("planProblem", { problem: pace.planProblem }));
  if (pace.weight !== 1) parts.push(t("share", { weight: format.number(pace.weight) }));
  if (pace.portfolio !== null)
    parts.push(t("portfolio", { reserved: format.number(pace.portfolio.reserved), limit: format.number(pace.portfolio.limit) }));
  const troubles: ReactNode[] = [];
  if (pace.killedBy !== null) troubles.push(t("killed"));
  if (pace.isSlowed) troubles.push(t("slowed"));
  if (pace.restUntil !== null) troubles.push(t.rich("rest", { at: at(pace.restUntil), code: pace.restCode ?? "–" }));
  if (pace.breakerOpenSince !== null) troubles.push(t.rich("breaker", { at: at(pace.breakerOpenSince) }));
  if (report.campaign.isStagingDegraded) troubles.push(t("staging"));
  return (
    <section aria-label={t("label")} className={classes.sender}>
      <strong>{[facts.senderNumber, facts.senderName].filter(Boolean).join(" ")}</strong>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other name, and none keeps a state
        <span key={index}>{part}</span>
      ))}
      {troubles.length === 0 ? <span data-tone="ok">{t("well")}</span> : null}
      {troubles.map((trouble, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <span key={index} data-tone="warn">
          {trouble}
        </span>
      ))}
    </section>
  );
}
