import { Row, RowLink } from "@herald/ui/rows";
import { readFormatter, wordsOf } from "../../words/reader.server.ts";
import { LimitBar } from "./limit-bar.tsx";
import type { Sender } from "./sender-standing.ts";
import classes from "./senders.module.css";
import { qualityWords, standingWords } from "./standing-words.tsx";

export async function SenderRow({
  sender,
  workspaceId,
  nowMs,
}: {
  readonly sender: Sender;
  readonly workspaceId: string;
  readonly nowMs: number;
}) {
  const t = wordsOf("senders");
  const format = await readFormatter();
  const { badge, means, cure } = await standingWords(sender, nowMs);
  const { portfolio } = sender;
  return (
    <Row className={classes.row}>
      <div className={classes.cell}>
        <RowLink href={`/panel/w/${workspaceId}/senders/${sender.senderId}`}>{sender.verifiedName || t("unnamed")}</RowLink>
        <span className={`${classes.faint} ${classes.figures}`}>{sender.displayNumber}</span>
      </div>
      <div className={classes.cell}>
        {badge}
        <span className={classes.faint}>{[means, cure].filter(Boolean).join(" ")}</span>
      </div>
      <div className={classes.cell}>
        <span className={classes.label}>{t("columns.quality")}</span>
        <span>{qualityWords(sender.quality).word}</span>
      </div>
      <div className={classes.cell}>
        <span className={classes.label}>{t("columns.pace")}</span>
        <span className={classes.figures}>{t("pace.cap", { cap: sender.capPerSecond })}</span>
        <span className={`${classes.faint} ${classes.figures}`}>
          {t("pace.now", { rate: format.number(sender.effectivePerSecond, { maximumFractionDigits: 1 }) })}
        </span>
      </div>
      <div className={classes.cell}>
        <span className={classes.label}>{t("columns.limit")}</span>
        {portfolio === null ? (
          <span>{t("limit.none")}</span>
        ) : (
          <>
            <span className={classes.figures}>{t("limit.short", portfolio)}</span>
            <span className={classes.wide}>
              <LimitBar sender={sender} />
            </span>
          </>
        )}
      </div>
    </Row>
  );
}
