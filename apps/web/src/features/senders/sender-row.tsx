import { PlainLink } from "@herald/ui/link";
import { Progress } from "@herald/ui/progress";
import { readFormatter, wordsOf } from "../../words/reader.server.ts";
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
    <li className={classes.row}>
      <div className={classes.cell}>
        <PlainLink href={`/panel/w/${workspaceId}/senders/${sender.senderId}`} className={classes.name}>
          {sender.verifiedName || t("unnamed")}
        </PlainLink>
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
              <Progress
                value={Math.min(portfolio.taken, portfolio.limit)}
                max={Math.max(1, portfolio.limit)}
                label={t("limit.of", { name: sender.displayNumber })}
                valueText={t("limit.figures", portfolio)}
                tone={portfolio.taken >= portfolio.limit ? "warn" : "accent"}
              />
            </span>
          </>
        )}
      </div>
    </li>
  );
}
