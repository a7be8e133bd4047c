"use client";
import { Button, ButtonLink } from "@herald/ui/button";
import { ErrorState } from "@herald/ui/error-state";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemState } from "../../../acting/problem-words.client.tsx";
import { useAct } from "../../../acting/use-act.client.ts";
import { useWizard } from "./wizard.client.tsx";

/** What keeps the draft from being saved, and the way out of it. Nothing while all is well. */
export function SaveTrouble() {
  const { save, store, userId, workspaceId, hrefOf, step } = useWizard();
  const t = useTranslations("wizard.trouble");
  const format = useFormatter();
  const { isBusy, act } = useAct();
  if (save.kind === "waiting") {
    return (
      <ErrorState
        tone="warn"
        title={t("waiting.title")}
        meaning={t("waiting.meaning")}
        action={
          <Button size="small" onClick={() => void store.flush()}>
            {t("waiting.verb")}
          </Button>
        }
      />
    );
  }
  if (save.kind === "moved") {
    const at = format.dateTime(save.updatedAtMs, { timeStyle: "short" });
    const who = save.updatedBy === userId ? "you" : "colleague";
    const settle = (work: () => Promise<boolean>) => void act(async () => ({ ok: true, value: await work() }));
    return (
      <ErrorState
        tone="warn"
        title={t(`moved.${who}`, { at })}
        meaning={t("moved.meaning")}
        action={
          <>
            <Button size="small" isLoading={isBusy} onClick={() => settle(store.keepMine)}>
              {t("moved.keepMine")}
            </Button>
            <Button size="small" isLoading={isBusy} onClick={() => settle(store.takeTheirs)}>
              {t("moved.takeTheirs")}
            </Button>
            <ButtonLink size="small" variant="ghost" href={hrefOf(step)} target="_blank" rel="noreferrer">
              {t("moved.look")}
            </ButtonLink>
          </>
        }
      />
    );
  }
  if (save.kind === "launched") {
    return (
      <ErrorState
        tone="warn"
        title={t("launched.title")}
        meaning={t("launched.meaning")}
        action={
          <ButtonLink size="small" href={`/panel/w/${workspaceId}/campaigns/${save.campaignId}`}>
            {t("launched.verb")}
          </ButtonLink>
        }
      />
    );
  }
  if (save.kind !== "refused" || (save.problem.issues?.length ?? 0) > 0) return null;
  return <ProblemState problem={save.problem} />;
}
