"use client";
import { ButtonLink } from "@herald/ui/button";
import { PageHeader } from "@herald/ui/page-header";
import { ArrowLeft, ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type StepKey, steps } from "../model/draft-content.ts";
import classes from "./frame.module.css";
import { useWizard } from "./wizard.client.tsx";

/** One step: what it is for, its parts, and the ways back and on. `asksForSpace`: composing is easier on a larger screen, and says so on a phone. */
export function Step({
  step,
  children,
  end,
  asksForSpace = false,
}: {
  readonly step: StepKey;
  readonly children: ReactNode;
  readonly end?: ReactNode;
  readonly asksForSpace?: boolean;
}) {
  const t = useTranslations("wizard");
  const { hrefOf } = useWizard();
  const at = steps.indexOf(step);
  const [before, after] = [steps[at - 1], steps[at + 1]];
  return (
    <>
      <PageHeader title={t(`steps.${step}`)} note={t(`notes.${step}`)} />
      {asksForSpace ? <p className={classes.larger}>{t("largerScreen")}</p> : null}
      {children}
      <nav aria-label={t("steps.around")} className={classes.foot}>
        {before ? (
          <ButtonLink href={hrefOf(before)} icon={<ArrowLeft size={16} className={classes.arrow} />}>
            {t(`steps.${before}`)}
          </ButtonLink>
        ) : null}
        {after ? (
          <ButtonLink
            variant="primary"
            href={hrefOf(after)}
            className={classes.next ?? ""}
            iconEnd={<ArrowRight size={16} className={classes.arrow} />}
          >
            {t("steps.next", { step: t(`steps.${after}`) })}
          </ButtonLink>
        ) : (
          end
        )}
      </nav>
    </>
  );
}
