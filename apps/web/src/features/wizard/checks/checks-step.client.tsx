"use client";
import { Button } from "@herald/ui/button";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { SkeletonText } from "@herald/ui/skeleton";
import { CircleCheck, CircleX, RotateCw, TriangleAlert } from "lucide-react";
import { useFormatter, useTimeZone, useTranslations } from "use-intl";
import { ProblemState } from "../../../acting/problem-words.client.tsx";
import { Step } from "../frame/step.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import { isLeftToOthers, mendable, type ShownCheck, worstOf } from "../model/answers.ts";
import { okWordOf, problemWordOf, stepOfCheck, valuesOf } from "../model/check-words.ts";
import { spanOf } from "../model/span.ts";
import { localAt } from "../model/zone-moment.ts";
import classes from "./checks.module.css";

/** Everything that decides whether it can be sent, in one list: green, or with a cure. */
export function ChecksStep() {
  const { checks } = useWizard();
  const t = useTranslations("wizard.checks");
  const format = useFormatter();
  const base = useTranslations("base");
  const worst = checks.answer && worstOf(mendable(checks.answer.checks));
  const isLeft = worst !== "bad" && checks.answer !== null && checks.answer.checks.some(isLeftToOthers);
  const again = (
    <Button size="small" icon={<RotateCw size={14} />} isLoading={checks.isRefreshing} onClick={checks.refresh}>
      {t("again")}
    </Button>
  );
  return (
    <Step step="checks">
      <Panel title={t("title")} end={checks.answer ? again : null}>
        {checks.problem ? (
          <ProblemState
            problem={checks.problem}
            action={
              <Button size="small" onClick={checks.refresh}>
                {base("tryAgain")}
              </Button>
            }
          />
        ) : null}
        {checks.isAsking ? <SkeletonText lines={9} label={t("loading")} /> : null}
        {checks.answer ? (
          <>
            <p className={classes.verdict} data-worst={worst} role="status">
              {t(`verdict.${isLeft ? "others" : (worst ?? "ok")}`)}{" "}
              {checks.answeredAtMs === null ? null : (
                <span className={classes.quiet}>{t("asOf", { at: format.dateTime(checks.answeredAtMs, { timeStyle: "medium" }) })}</span>
              )}
            </p>
            <ul className={classes.list}>
              {checks.answer.checks.map((check) => (
                <CheckRow key={check.key} check={check} />
              ))}
            </ul>
          </>
        ) : null}
      </Panel>
    </Step>
  );
}

const icons = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX } as const;

function CheckRow({ check }: { readonly check: ShownCheck }) {
  const { hrefOf, content, template } = useWizard();
  const t = useTranslations("wizard");
  const times = useTimes(check);
  const Icon = icons[check.state];
  const placeOf = (key: string): string | null => {
    if (key === "header.media") return t(`variables.media.${template?.header?.kind ?? "other"}`);
    return key.startsWith("button.") ? t("variables.button", { number: Number(key.slice("button.".length)) + 1 }) : null;
  };
  const values = { ...valuesOf(check, placeOf), ...times, name: content.template?.name ?? "", language: content.template?.language ?? "" };
  const word = problemWordOf(check);
  const step = stepOfCheck[check.key];
  return (
    <li className={classes.check} data-state={check.state}>
      <Icon size={16} className={classes.icon} aria-label={t(`checks.states.${check.state}`)} role="img" />
      <div className={classes.words}>
        <p className={classes.title}>{t(`checks.titles.${check.key}`)}</p>
        <p className={classes.what}>{word === null ? t(`checkOk.${okWordOf(check)}`, values) : t(`checkWords.${word}.what`, values)}</p>
        {word === null ? null : (
          <p className={classes.cure}>
            {t(`checkWords.${word}.cure`, values)}{" "}
            {isLeftToOthers(check) ? null : <Link href={hrefOf(step)}>{t("checks.mend", { step: t(`steps.${step}`) })}</Link>}
          </p>
        )}
      </div>
    </li>
  );
}

/** When the first and about when the last message goes out, by the reader's clock. */
function useTimes(check: ShownCheck): Readonly<Record<string, string>> {
  const format = useFormatter();
  const nowMs = useWizard().now.getTime();
  const zone = useTimeZone() ?? "UTC";
  if (check.key !== "time") return {};
  const fromMs = check.facts.startsAt === null ? nowMs : Date.parse(check.facts.startsAt);
  const span = { fromMs, seconds: check.facts.seconds ?? 0, nowMs };
  return spanOf(
    span,
    (atMs, parts) => format.dateTime(atMs, parts),
    (atMs) => localAt(zone, atMs),
  );
}
