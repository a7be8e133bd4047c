"use client";
import { FileDrop } from "@herald/ui/file-drop";
import { showToast } from "@herald/ui/toast";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ImportForm, type ImportFormProps } from "./import-form.client.tsx";
import classes from "./imports.module.css";
import { RunningImport } from "./running-import.client.tsx";
import { dismissImport, isUnderWay, type Running, startImport } from "./running-import.ts";
import { useRunning } from "./use-running.client.ts";

const maxBytes = 100_000_000;

export type ImportScreenProps = Pick<ImportFormProps, "workspaceId" | "lists" | "countries" | "workspaceCountry">;

/** Choose a file, see what it becomes, import it, watch. What was chosen stays until it is imported, whatever a door says. */
export function ImportScreen(props: ImportScreenProps) {
  const { workspaceId } = props;
  const t = useTranslations("imports");
  const router = useRouter();
  const running = useRunning(workspaceId);
  const [file, setFile] = useState<File | null>(null);
  const [tooLarge, setTooLarge] = useState<File | null>(null);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const resultHref = (importBatchId: string): string => `/panel/w/${workspaceId}/contacts/imports/${importBatchId}`;
  const onEnd = (ended: Running): void => {
    // the list of imports, if that is what is shown, has one more
    router.refresh();
    if (ended.phase === "done" && !ended.wasCancelled) {
      dismissImport();
      const { importBatchId, added, updated, refused } = ended.done;
      if (isShown.current) return router.push(resultHref(importBatchId));
      showToast({
        tone: "ok",
        title: t("run.done.title", { name: ended.fileName }),
        text: t("result.summary", { added, updated, refused }),
        action: { verb: t("run.show"), onClick: () => router.push(resultHref(importBatchId)) },
      });
    } else if (!isShown.current) {
      showToast({ tone: "bad", title: t("run.over.title", { name: ended.fileName }), text: t("run.over.text") });
    }
  };

  const choose = (chosen: File): void => {
    setTooLarge(chosen.size > maxBytes ? chosen : null);
    if (chosen.size > maxBytes) return;
    if (!isUnderWay(running)) dismissImport();
    setFile(chosen);
  };

  return (
    <div className={classes.screen}>
      {running ? <RunningImport workspaceId={workspaceId} /> : null}
      {isUnderWay(running) ? null : (
        <FileDrop
          label={file ? t("new.other", { name: file.name }) : t("new.drop")}
          hint={t("new.dropHint")}
          accept=".csv,.tsv,.txt,text/csv"
          error={tooLarge ? t("new.tooLarge", { name: tooLarge.name, megabytes: tooLarge.size / 1_000_000 }) : undefined}
          onFile={choose}
        />
      )}
      {file ? (
        <div hidden={isUnderWay(running)} className={classes.screen}>
          <ImportForm
            // another file is another mapping
            key={`${file.name} ${file.size} ${file.lastModified}`}
            {...props}
            file={file}
            onImport={({ query, expectedRows }) => startImport({ workspaceId, fileName: file.name, file, query, expectedRows, onEnd })}
          />
        </div>
      ) : null}
    </div>
  );
}
