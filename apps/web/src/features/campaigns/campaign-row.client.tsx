"use client";
import { Badge } from "@herald/ui/badge";
import { Progress } from "@herald/ui/progress";
import { Row as ListRow, RowLink } from "@herald/ui/rows";
import { Status } from "@herald/ui/status";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { CampaignRow as Row } from "../../doors/answers/campaign-list.ts";
import { CampaignFigures } from "./campaign-figures.client.tsx";
import classes from "./campaigns.module.css";
import type { Reader } from "./reader.ts";
import { ResumeButton } from "./resume-button.client.tsx";
import { figuresOf, furtherNeeds, isOver, standingOf } from "./standing.ts";
import { useReason } from "./use-reason.client.ts";

/** One campaign: what it is, where it stands and why, how far it is, what it comes to. The name's link covers the row. */
export function CampaignRow({
  row,
  reader,
  nowMs,
  onMoved,
  onAsking,
}: {
  readonly row: Row;
  readonly reader: Reader;
  readonly nowMs: number;
  readonly onMoved: () => void;
  /** A question about it stands open: the row must not go from under it. */
  readonly onAsking: (isAsking: boolean) => void;
}) {
  const t = useTranslations("campaigns");
  const reasonOf = useReason(reader, nowMs);
  const { kind, word } = standingOf(row);
  const reason = reasonOf(row);
  const { done, planned } = figuresOf(row);
  const needs = furtherNeeds(row);
  const sender = row.sender.verifiedName || row.sender.displayNumber;
  // a changed template has to be mended first: the campaign's own page says how
  const isResumable = word === "paused" && !row.pauseReasons.includes("template_changed") && reader.mayControl;
  return (
    <ListRow className={classes.row} data-needs={row.attention.length > 0 ? "" : undefined}>
      <div className={classes.what}>
        <RowLink href={`/panel/w/${reader.workspaceId}/campaigns/${row.campaignId}`} fetchedWhen="meant">
          {row.name}
        </RowLink>
        <span className={classes.faint}>{t("about", { template: row.template.name, sender })}</span>
      </div>
      <div className={classes.standing}>
        <Status kind={kind} word={t(`status.${word}`)} />
        {reason === null ? null : <span className={classes.reason}>{reason}</span>}
        {needs.length > 0 ? (
          <span className={classes.needs}>
            {needs.map((need) => (
              <Badge key={need} tone="warn" icon={<TriangleAlert size={12} />}>
                {t(`attention.${need}`, { count: need === "held" ? row.counts.held : row.counts.unknown })}
              </Badge>
            ))}
          </span>
        ) : null}
      </div>
      <div className={classes.done}>
        {isOver(row) || row.status === "scheduled" ? (
          <span className={classes.figures}>{t("progress.planned", { count: planned })}</span>
        ) : (
          <>
            <span className={classes.figures}>{t("progress.figures", { done, planned })}</span>
            <Progress
              value={done}
              max={Math.max(1, planned)}
              label={`${t("progress.label")}: ${row.name}`}
              valueText={t("progress.text", { done, planned })}
              tone={kind === "sending" ? "accent" : "warn"}
            />
          </>
        )}
      </div>
      <CampaignFigures row={row} nowMs={nowMs} />
      <div className={classes.act}>{isResumable ? <ResumeButton row={row} onMoved={onMoved} onAsking={onAsking} /> : null}</div>
    </ListRow>
  );
}
