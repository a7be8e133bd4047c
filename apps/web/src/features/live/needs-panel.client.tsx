"use client";
import { Badge } from "@herald/ui/badge";
import { Panel } from "@herald/ui/page-header";
import { CircleCheck } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { BlockNeed } from "./block-need.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import { HeldNeed, UnknownNeed } from "./decisions.client.tsx";
import classes from "./live.module.css";
import { NeedItem } from "./need-item.tsx";
import { type Need, needsOf, urgentOf } from "./needs.ts";
import { WaitNeed } from "./wait-need.client.tsx";

/** Everything that stops the campaign or waits for somebody's word, with what to do about it. */
export function NeedsPanel() {
  const t = useTranslations("live.needs");
  const format = useFormatter();
  const { report } = useCampaign();
  const needs = needsOf(report);
  const urgent = urgentOf(needs);
  return (
    <Panel title={t("title")} end={urgent > 0 ? <Badge tone="warn">{format.number(urgent)}</Badge> : null}>
      {needs.length === 0 ? (
        <p className={classes.calm}>
          <CircleCheck size={16} aria-hidden="true" />
          <span>
            {t("none")} <span className={classes.aside}>{t("noneText")}</span>
          </span>
        </p>
      ) : (
        <ul className={classes.needs}>
          {needs.map((need) => (
            <li key={keyOf(need)}>
              <One need={need} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function keyOf(need: Need): string {
  if (need.kind === "block") return `block:${need.block.blockId}`;
  if (need.kind === "wait") return `wait:${need.wait.class}:${need.wait.code}:${need.wait.reason}:${need.wait.earliestAt === null}`;
  return need.kind === "paused" ? `paused:${need.reason}` : need.kind;
}

function One({ need }: { readonly need: Need }) {
  const t = useTranslations("live");
  switch (need.kind) {
    case "killed":
      return (
        <NeedItem tone="bad" title={t(`needs.killedBy.${need.by}`)} meaning={t("stalls.killed.meaning")}>
          {need.by === "deployment" ? t("needs.deploymentCure") : t("stalls.killed.cure")}
        </NeedItem>
      );
    case "stalled":
      return (
        <NeedItem
          tone="warn"
          title={t("needs.stalled", { why: t(`stalls.${need.stall}.short`) })}
          meaning={t(`stalls.${need.stall}.meaning`)}
        >
          {t(`stalls.${need.stall}.cure`)}
        </NeedItem>
      );
    case "paused":
      return (
        <NeedItem
          tone={need.reason === "operator" ? "neutral" : "warn"}
          title={t("needs.pausedTitle", { why: t(`pauseReasons.${need.reason}.short`) })}
          meaning={t(`pauseReasons.${need.reason}.meaning`)}
        >
          {t(`pauseReasons.${need.reason}.cure`)}
        </NeedItem>
      );
    case "block":
      return <BlockNeed block={need.block} cure={need.cure} waiting={need.waiting} />;
    case "unknown":
      return <UnknownNeed evidence={need.evidence} />;
    case "held":
      return <HeldNeed held={need.held} />;
    case "wait":
      return <WaitNeed wait={need.wait} />;
  }
}
