"use client";
import { Button, ButtonLink } from "@herald/ui/button";
import { ErrorState } from "@herald/ui/error-state";
import { Panel } from "@herald/ui/page-header";
import { Progress } from "@herald/ui/progress";
import { useTranslations } from "use-intl";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import classes from "./imports.module.css";
import { cancelImport, dismissImport, isUnderWay, type Running } from "./running-import.ts";
import { useRunning } from "./use-running.client.ts";
import { useSize } from "./use-size.client.ts";

/** The import of this tab: how far it is, or what became of it. Nothing while there is none. */
export function RunningImport({ workspaceId }: { readonly workspaceId: string }) {
  const t = useTranslations("imports.run");
  const running = useRunning(workspaceId);
  if (running === null) return null;
  if (!isUnderWay(running)) return <Ended running={running} />;
  return (
    <Panel title={t("title", { name: running.fileName })}>
      <HowFar running={running} />
      <p className={classes.faint}>{t("stay")}</p>
      <div>
        <Button onClick={cancelImport} isLoading={running.phase === "checking"}>
          {t("cancel")}
        </Button>
      </div>
    </Panel>
  );
}

function HowFar({ running }: { readonly running: Running }) {
  const t = useTranslations("imports.run");
  const sizeOf = useSize();
  if (running.phase === "uploading") {
    const text = t("uploaded", { sent: sizeOf(running.sentBytes), total: sizeOf(running.totalBytes) });
    return (
      <>
        <Progress value={running.sentBytes} max={running.totalBytes} label={t("uploading")} valueText={text} />
        <p className={classes.far}>
          <span>{t("uploading")}</span>
          <span>{text}</span>
        </p>
      </>
    );
  }
  if (running.phase !== "importing" || running.progress === null) {
    const text = t(running.phase === "importing" ? "waiting" : "checking");
    return (
      <>
        <Progress value={undefined} max={1} label={text} />
        <p className={classes.far} role="status">
          {text}
        </p>
      </>
    );
  }
  const { rowsRead, rowsPerSecond, added, updated, refused } = running.progress;
  // the number of rows is an estimate, and a full bar would be a promise
  const isMore = rowsRead >= running.expectedRows;
  const text = isMore ? t("rows", { rows: rowsRead }) : t("about", { rows: rowsRead, expected: rounded(running.expectedRows) });
  return (
    <>
      <Progress value={isMore ? undefined : rowsRead} max={running.expectedRows} label={t("importing")} valueText={text} />
      <p className={classes.far}>
        <span>{text}</span>
        <span>{t("rate", { rate: rowsPerSecond })}</span>
        <span>{t("counts", { added, updated, refused })}</span>
      </p>
    </>
  );
}

const rounded = (rows: number): number => (rows < 1000 ? rows : Number(rows.toPrecision(2)));

function Ended({ running }: { readonly running: Running }) {
  const t = useTranslations("imports.run");
  const result = useTranslations("imports.result");
  const close = (
    <Button size="small" onClick={dismissImport}>
      {t("close")}
    </Button>
  );
  const name = running.fileName;
  const imports = `/panel/w/${running.workspaceId}/contacts/imports`;
  switch (running.phase) {
    case "refused":
      return <ProblemState problem={running.problem} action={close} />;
    case "cancelled":
      return <ErrorState tone="warn" title={t("cancelled.title")} meaning={t("cancelled.text", { name })} action={close} />;
    case "broken":
      return <ErrorState title={t("broken.title")} meaning={t("broken.text", { name })} cure={t("broken.cure")} action={close} />;
    case "unknown":
      return (
        <ErrorState
          title={t("unknown.title")}
          meaning={t("unknown.text", { name })}
          cure={t("unknown.cure")}
          action={
            <ButtonLink size="small" href={imports}>
              {t("list")}
            </ButtonLink>
          }
        />
      );
    case "done":
      return (
        <ErrorState
          tone="warn"
          title={t("tooLate.title", { name })}
          meaning={result("summary", { added: running.done.added, updated: running.done.updated, refused: running.done.refused })}
          action={
            <ButtonLink size="small" href={`${imports}/${running.done.importBatchId}`}>
              {t("show")}
            </ButtonLink>
          }
        />
      );
    case "uploading":
    case "importing":
    case "checking":
      return null;
  }
}
