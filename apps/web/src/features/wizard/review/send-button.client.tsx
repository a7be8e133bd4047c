"use client";
import { Button } from "@herald/ui/button";
import { Panel } from "@herald/ui/page-header";
import { Send as SendIcon } from "lucide-react";
import { useTranslations } from "use-intl";
import { ProblemState } from "../../../acting/problem-words.client.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import classes from "./review.module.css";
import { Unsaved } from "./unsaved.client.tsx";
import type { Send } from "./use-send.client.ts";

/** The button names its size; it says nothing else than what it does. */
export function SendButton({ send, isReady }: { readonly send: Send; readonly isReady: boolean }) {
  const { content, preview } = useWizard();
  const t = useTranslations("wizard.review");
  const base = useTranslations("base");
  const { figures } = send;
  const isScheduled = content.schedule?.start === "at";
  const mayPress = isReady && figures !== null && figures.eligible > 0;
  return (
    <Panel title={t("send.title")}>
      {send.problem ? (
        <ProblemState problem={send.problem} action={send.problem.type === "offline" ? <p>{t("send.onlyOnce")}</p> : null} />
      ) : null}
      {preview.problem ? (
        <ProblemState
          problem={preview.problem}
          action={
            <Button size="small" onClick={preview.refresh}>
              {base("tryAgain")}
            </Button>
          }
        />
      ) : null}
      {send.isUnsaved ? <Unsaved /> : null}
      <div className={classes.actions}>
        <Button
          variant="primary"
          size="large"
          icon={<SendIcon size={16} />}
          disabled={!mayPress}
          isLoading={send.isBusy}
          onClick={() => void send.send()}
        >
          {figures === null ? t("send.uncounted") : t(isScheduled ? "send.schedule" : "send.now", { count: figures.eligible })}
        </Button>
        <p className={classes.quiet}>{mayPress ? t("send.note") : t("send.notReady")}</p>
      </div>
    </Panel>
  );
}
