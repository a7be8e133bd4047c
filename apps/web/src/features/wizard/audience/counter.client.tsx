"use client";
import { Button } from "@herald/ui/button";
import { Skeleton } from "@herald/ui/skeleton";
import { useTranslations } from "use-intl";
import { ProblemState } from "../../../acting/problem-words.client.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import { leftOut } from "../model/figures.ts";
import classes from "./audience.module.css";

/** "5,000 chosen − 188 left out = 4,812 will receive it", with the reasons behind the second figure. Never of an earlier choice. */
export function Counter() {
  const { preview, lacks } = useWizard();
  const t = useTranslations("wizard.counter");
  const base = useTranslations("base");
  if (lacks.length > 0) {
    const named = lacks.map((lack) => t(`lacks.${lack}`));
    return (
      <div className={classes.counter} role="status">
        <p className={classes.quiet}>{t("cannotCount", { what: named.join(", ") })}</p>
      </div>
    );
  }
  if (preview.problem)
    return (
      <ProblemState
        problem={preview.problem}
        action={
          <Button size="small" onClick={preview.refresh}>
            {base("tryAgain")}
          </Button>
        }
      />
    );
  const { answer } = preview;
  return (
    <div className={classes.counter} aria-busy={answer === null}>
      <p className={classes.sum} role="status">
        <Term word={t("chosen")} value={answer && t("figure", { count: answer.matched })} />
        <span aria-hidden="true">−</span>
        <Term word={t("leftOut")} value={answer && t("figure", { count: leftOut(answer) })} />
        <span aria-hidden="true">=</span>
        <Term word={t("receive")} value={answer && t("figure", { count: answer.eligible })} isResult />
      </p>
      {answer !== null && answer.excluded.length > 0 ? <Reasons /> : null}
      {answer?.isOverLimit ? <p className={classes.bad}>{t(`overLimit.${answer.limitedBy}`, { max: answer.maxRecipients })}</p> : null}
    </div>
  );
}

function Term({ word, value, isResult = false }: { readonly word: string; readonly value: string | null; readonly isResult?: boolean }) {
  return (
    <span className={classes.term} data-result={isResult || undefined}>
      <span className={classes.termValue}>{value ?? <Skeleton inlineSize="4rem" blockSize="1.25rem" />}</span> {word}
    </span>
  );
}

/** Why people are left out, each with how many. */
function Reasons() {
  const { preview } = useWizard();
  const t = useTranslations("wizard");
  const excluded = preview.answer?.excluded ?? [];
  return (
    <details className={classes.reasons}>
      <summary>{t("counter.reasons")}</summary>
      <ul>
        {excluded.map(({ reason, count }) => (
          <li key={reason} className={classes.reason}>
            <span className={classes.reasonCount}>{t("counter.figure", { count })}</span>
            <span>
              {t(`skips.${reason}.what`)} <span className={classes.quiet}>{t(`skips.${reason}.cure`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
