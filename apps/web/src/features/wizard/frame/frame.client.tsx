"use client";
import { Link } from "@herald/ui/link";
import { Stepper } from "@herald/ui/stepper";
import { TextField } from "@herald/ui/text-field";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useHydrated } from "../../../acting/use-hydrated.client.ts";
import { steps } from "../model/draft-content.ts";
import classes from "./frame.module.css";
import { LeaveGuard } from "./leave-guard.client.tsx";
import { SaveChip } from "./save-chip.client.tsx";
import { SaveTrouble } from "./save-trouble.client.tsx";
import { useWizard } from "./wizard.client.tsx";

/** What stands above every step: the campaign's name, whether it is saved, and the way through the five steps. */
export function WizardFrame({ children }: { readonly children: ReactNode }) {
  const { name, store, save, step, states, hrefOf, issueAt, workspaceId } = useWizard();
  const t = useTranslations("wizard");
  const isHalted = save.kind === "launched";
  const isHydrated = useHydrated();
  return (
    // what is typed before the page listens would be lost
    <fieldset className={classes.frame} disabled={!isHydrated} aria-label={t("steps.whole")}>
      <div className={classes.head}>
        <div className={classes.way}>
          <Link tone="quiet" href={`/panel/w/${workspaceId}/campaigns`} className={classes.back}>
            <ArrowLeft size={14} className={classes.arrow} aria-hidden="true" />
            {t("toCampaigns")}
          </Link>
          <SaveChip save={save} />
        </div>
        <TextField
          label={t("name.label")}
          placeholder={t("name.placeholder")}
          className={classes.name}
          value={name}
          maxLength={200}
          autoComplete="off"
          disabled={isHalted}
          error={issueAt("name")}
          onChange={(event) => store.rename(event.target.value)}
        />
        <Stepper
          label={t("steps.label")}
          steps={steps.map((key) => ({
            key,
            text: t(`steps.${key}`),
            state: key === step ? "current" : states[key],
            stateText: t(`stepStates.${states[key]}`),
            href: hrefOf(key),
          }))}
        />
      </div>
      <SaveTrouble />
      {isHalted ? null : children}
      <LeaveGuard />
    </fieldset>
  );
}
