"use client";
import { ok } from "@herald/kernel";
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
  const saveNow = (
    <Button size="small" onClick={() => void store.flush()}>
      {t("saveNow")}
    </Button>
  );
  if (save.kind === "waiting") return <ErrorState tone="warn" title={t("waiting.title")} meaning={t("waiting.meaning")} action={saveNow} />;
  if (save.kind === "moved") {
    const at = format.dateTime(save.updatedAtMs, { timeStyle: "short" });
    const who = save.updatedBy === userId ? "you" : "colleague";
    return (
      <ErrorState
        tone="warn"
        title={t(`moved.${who}`, { at })}
        meaning={t("moved.meaning")}
        action={
          <>
            <Button size="small" isLoading={isBusy} onClick={() => void act(async () => ok(await store.keepMine()))}>
              {t("moved.keepMine")}
            </Button>
            <Button size="small" isLoading={isBusy} onClick={() => void act(store.takeTheirs)}>
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
  if (save.problem.type === "other_person")
    return <ErrorState tone="warn" title={t("otherPerson.title")} meaning={t("otherPerson.meaning")} action={saveNow} />;
  return <ProblemState problem={save.problem} action={saveNow} />;
}
