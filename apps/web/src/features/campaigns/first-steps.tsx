import { ButtonLink } from "@herald/ui/button";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { Member } from "../../panel/member.ts";
import { wordsOf } from "../../words/reader.server.ts";
import classes from "./campaigns.module.css";
import type { Beginnings } from "./load-campaigns.ts";

/** A workspace without a campaign: what to do first, second and third, and what of it is done. */
export function FirstSteps({ member, beginnings }: { readonly member: Member; readonly beginnings: Beginnings }) {
  const t = wordsOf("campaigns");
  const path = `/panel/w/${member.workspaceId}`;
  const { people, list } = beginnings;
  const mayCompose = member.allows("campaign.write");
  return (
    <section className={classes.first} aria-labelledby="first-steps">
      <h2 id="first-steps" className={classes.firstTitle}>
        {t("empty.title")}
      </h2>
      <p className={classes.firstText}>{t("empty.text")}</p>
      <ol className={classes.steps}>
        <Step number={1} isDone={people > 0} title={t("empty.people")} text={t("empty.peopleText")}>
          {people > 0 ? <p className={classes.faint}>{t("empty.peopleDone", { count: people })}</p> : null}
          {member.allows("contacts.import") ? (
            <ButtonLink href={`${path}/contacts/import`} variant={people > 0 ? "secondary" : "primary"}>
              {t("empty.import")}
            </ButtonLink>
          ) : (
            <p className={classes.faint}>{t("empty.mayNotImport")}</p>
          )}
        </Step>
        <Step number={2} isDone={false} title={t("empty.compose")} text={t("empty.composeText")}>
          {mayCompose ? (
            <ButtonLink
              href={list === null ? `${path}/campaigns/new` : `${path}/campaigns/new?list=${list.listId}`}
              variant={people > 0 ? "primary" : "secondary"}
            >
              {list === null ? t("newCampaign") : t("empty.composeTo", { name: list.name, count: list.people })}
            </ButtonLink>
          ) : null}
        </Step>
        <Step number={3} isDone={false} title={t("empty.send")} text={t("empty.sendText")} />
      </ol>
    </section>
  );
}

function Step({
  number,
  isDone,
  title,
  text,
  children,
}: {
  readonly number: number;
  readonly isDone: boolean;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <li className={classes.step}>
      <span className={classes.stepNumber} data-done={isDone || undefined}>
        {isDone ? <Check size={16} aria-hidden="true" /> : number}
      </span>
      <h3 className={classes.stepTitle}>{title}</h3>
      <p className={classes.faint}>{text}</p>
      {children}
    </li>
  );
}
