"use client";
import { ErrorState } from "@herald/ui/error-state";
import { Link } from "@herald/ui/link";
import { NoRightState } from "@herald/ui/no-right-state";
import { Panel } from "@herald/ui/page-header";
import { Skeleton } from "@herald/ui/skeleton";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { PhonePanel } from "../content/phone-panel.client.tsx";
import { Step } from "../frame/step.tsx";
import { useWizard } from "../frame/wizard.client.tsx";
import { obstaclesOf } from "../model/readiness.ts";
import { ClockChange } from "../when/clock-change.client.tsx";
import { Changes } from "./changes.client.tsx";
import classes from "./review.module.css";
import { SendButton } from "./send-button.client.tsx";
import { Sentence } from "./sentence.client.tsx";
import { TestSend } from "./test-send.client.tsx";
import { useSend } from "./use-send.client.ts";

const freshForMs = 15_000;

/** One sentence that says what the button does; what is different since it was counted; and the button. */
export function ReviewStep({ whoMaySend }: { readonly whoMaySend: readonly string[] }) {
  const wizard = useWizard();
  const { name, content, states, preview, checks, hrefOf, template, maySend, lacks } = wizard;
  const t = useTranslations("wizard.review");
  const send = useSend();
  useCountAnew(preview);
  const obstacles = obstaclesOf({ name, states, hasTime: content.schedule?.start === "at", checks: checks.answer?.checks ?? null });
  const isCountable = lacks.length === 0;
  return (
    <Step step="review">
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t("title")}>
            {isCountable && send.figures === null && preview.problem === null ? <Skeleton blockSize="3rem" /> : null}
            {send.figures === null ? null : <Sentence figures={send.figures} />}
            <ClockChange schedule={content.schedule} />
            {obstacles.length > 0 ? (
              <ErrorState
                tone="warn"
                title={t("notYet")}
                meaning={
                  <ul className={classes.obstacles}>
                    {obstacles.map(({ what, step }) => (
                      <li key={what}>
                        {t(`obstacles.${what}`)}{" "}
                        {step === null ? null : <Link href={hrefOf(step)}>{t("mend", { step: t(`stepNames.${step}`) })}</Link>}
                      </li>
                    ))}
                  </ul>
                }
              />
            ) : null}
            <Changes changes={send.changes} since={send.since} />
          </Panel>
          {maySend ? (
            <SendButton send={send} isReady={obstacles.length === 0} />
          ) : (
            <Panel title={t("noRight.panel")}>
              <NoRightState title={t("noRight.title")}>
                {whoMaySend.length > 0 ? t("noRight.who", { people: whoMaySend.join(", ") }) : t("noRight.text")}
              </NoRightState>
            </Panel>
          )}
          {maySend ? <TestSend /> : null}
        </div>
        <div className={classes.aside}>
          <PhonePanel shown={template} />
        </div>
      </div>
    </Step>
  );
}

/** The figures of the review are of now, not of when the audience was chosen. */
function useCountAnew({ answeredAtMs, refresh }: { readonly answeredAtMs: number | null; readonly refresh: () => void }): void {
  useEffect(() => {
    if (answeredAtMs !== null && Date.now() - answeredAtMs > freshForMs) refresh();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the review is opened
  }, []);
}
