"use client";
import { Badge } from "@herald/ui/badge";
import { Button } from "@herald/ui/button";
import { EmptyState } from "@herald/ui/empty-state";
import { ErrorState } from "@herald/ui/error-state";
import { Panel } from "@herald/ui/page-header";
import { LayoutTemplate } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import { mayBeSent, type TemplateView } from "../model/template.ts";
import classes from "./content.module.css";
import type { ContentStepProps } from "./content-step.client.tsx";
import { TemplateFilters } from "./template-filters.client.tsx";
import { useLanguageName } from "./use-language-name.ts";
import { useTemplateAddress } from "./use-template-address.client.ts";

type Props = ContentStepProps & { readonly onLook: (template: TemplateView | null) => void };

/** The template that is chosen, or the ones to choose from. */
export function TemplatePanel({ sourceId, choice, filter, onLook }: Props) {
  const { sender, template, isTemplateSought, content, chooseTemplate, issueAt } = useWizard();
  const t = useTranslations("wizard.template");
  const [isChanging, setChanging] = useState(false);
  const { wanted, choose } = useTemplateAddress({ ...filter, source: sourceId ?? "" }, sender?.sourceId);
  const isOpen = isChanging || (template === null && !isTemplateSought);
  const problem = issueAt("template");
  const close = (): void => {
    setChanging(false);
    onLook(null);
  };
  return (
    <Panel
      title={t("title")}
      end={
        template === null ? null : (
          <Button size="small" aria-expanded={isOpen} onClick={() => (isOpen ? close() : setChanging(true))}>
            {isOpen ? t("keep") : t("change")}
          </Button>
        )
      }
    >
      {problem === undefined ? null : <ErrorState title={t("refused")} meaning={problem} />}
      {isTemplateSought ? <p className={classes.quiet}>{t("seeking", { name: content.template?.name ?? "" })}</p> : null}
      {template === null && content.template && sender && !isTemplateSought ? (
        <ErrorState tone="warn" title={t("lost.title", { name: content.template.name })} meaning={t("lost.text")} />
      ) : null}
      {template !== null ? <Chosen template={template} /> : null}
      {isOpen && sender === undefined ? <p className={classes.quiet}>{t("senderFirst")}</p> : null}
      {isOpen && sender !== undefined ? (
        <>
          <TemplateFilters wanted={wanted} choose={choose} languages={choice.languages} />
          <TemplateList
            choice={choice}
            chosen={template}
            onLook={onLook}
            onChoose={(chosen) => {
              chooseTemplate(chosen);
              close();
            }}
          />
        </>
      ) : null}
    </Panel>
  );
}

function Chosen({ template }: { readonly template: TemplateView }) {
  const t = useTranslations("wizard.template");
  const languageName = useLanguageName();
  return (
    <div className={classes.chosen}>
      <p className={classes.templateName}>{template.name}</p>
      <p className={classes.facts}>
        <Badge>{t(`categories.${template.category}`)}</Badge>
        <span>{languageName(template.language)}</span>
        <TemplateStatus template={template} />
      </p>
      {mayBeSent(template) ? null : <p className={classes.trouble}>{t("notSendable", { reason: reasonOf(t, template) })}</p>}
    </div>
  );
}

function TemplateList({
  choice: { templates, isCut },
  chosen,
  onLook,
  onChoose,
}: {
  readonly choice: ContentStepProps["choice"];
  readonly chosen: TemplateView | null;
  readonly onLook: (template: TemplateView | null) => void;
  readonly onChoose: (template: TemplateView) => void;
}) {
  const t = useTranslations("wizard.template");
  const languageName = useLanguageName();
  if (templates.length === 0) {
    return (
      <EmptyState icon={<LayoutTemplate size={20} />} title={t("none.title")}>
        {t("none.text")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes.templates} aria-label={t("list")}>
        {templates.map((template) => {
          const isChoosable = mayBeSent(template);
          const isChosen = chosen !== null && chosen.name === template.name && chosen.language === template.language;
          return (
            <li key={`${template.name} ${template.language}`}>
              <button
                type="button"
                className={classes.templateOption}
                aria-pressed={isChosen}
                aria-disabled={!isChoosable}
                onFocus={() => onLook(template)}
                onMouseEnter={() => onLook(template)}
                onClick={() => (isChoosable ? onChoose(template) : undefined)}
              >
                <span className={classes.optionHead}>
                  <span className={classes.templateName}>{template.name}</span>
                  <span className={classes.facts}>
                    {t(`categories.${template.category}`)} · {languageName(template.language)}
                  </span>
                  <TemplateStatus template={template} />
                </span>
                <span className={classes.optionText}>{template.body}</span>
                {isChoosable ? null : <span className={classes.trouble}>{reasonOf(t, template)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {isCut ? <p className={classes.quiet}>{t("cut", { count: templates.length })}</p> : null}
    </>
  );
}

const statuses = [
  "APPROVED",
  "PENDING",
  "REJECTED",
  "PAUSED",
  "DISABLED",
  "IN_APPEAL",
  "LIMIT_EXCEEDED",
  "PENDING_DELETION",
  "DELETED",
] as const;
const statusOf = (status: string) => statuses.find((known) => known === status) ?? "other";

function TemplateStatus({ template }: { readonly template: TemplateView }) {
  const t = useTranslations("wizard.template");
  const status = statusOf(template.status);
  const tone = status === "APPROVED" ? "ok" : status === "PENDING" || status === "IN_APPEAL" ? "info" : "bad";
  return <Badge tone={tone}>{t(`statuses.${status}`)}</Badge>;
}

/** Why a template cannot be chosen. */
function reasonOf(t: ReturnType<typeof useTranslations<"wizard.template">>, template: TemplateView): string {
  return template.status === "APPROVED"
    ? t("unsupported", { parts: template.unsupported.join(", ") })
    : t(`reasons.${statusOf(template.status)}`);
}
