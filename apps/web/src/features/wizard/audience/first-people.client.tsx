"use client";
import { Panel } from "@herald/ui/page-header";
import { SkeletonText } from "@herald/ui/skeleton";
import { useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import { filledText } from "../model/template.ts";
import classes from "./audience.module.css";

const shown = 10;

/** The first ten who will receive it, and how it begins for each. */
export function FirstPeople() {
  const { preview, template, lacks } = useWizard();
  const t = useTranslations("wizard.audience");
  const people = preview.isOfSample ? [] : (preview.answer?.first ?? []).slice(0, shown);
  return (
    <Panel title={t("first.title")}>
      {lacks.length > 0 ? <p className={classes.quiet}>{t("first.notYet")}</p> : null}
      {lacks.length === 0 && preview.isAsking ? <SkeletonText lines={6} label={t("first.loading")} /> : null}
      {preview.answer && !preview.isOfSample && people.length === 0 ? <p className={classes.quiet}>{t("first.nobody")}</p> : null}
      <ol className={classes.people}>
        {people.map((person) => (
          <li key={person.contactId} className={classes.personRow}>
            <span className={classes.personName}>{person.displayName || t("nameless")}</span>
            <span className={classes.personText}>{filledText(template?.body ?? "", "body", person.parameters)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
