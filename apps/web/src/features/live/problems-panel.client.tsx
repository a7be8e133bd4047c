"use client";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { useFormatter, useTranslations } from "use-intl";
import { useCauseWords } from "../../words/cause-words.client.ts";
import { codesPage } from "../../words/cause-words.ts";
import { recipientsHref } from "./addresses.ts";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";

/** Why messages did not simply go well, most first: in plain words, with the code small and Meta's own page behind it. */
export function ProblemsPanel() {
  const t = useTranslations("live.problems");
  const format = useFormatter();
  const words = useCauseWords();
  const { facts, report } = useCampaign();
  return (
    <Panel title={t("title")}>
      {report.causes.length === 0 ? <p className={classes.aside}>{t("none")}</p> : null}
      <ul aria-label={t("label")} className={classes.causes}>
        {report.causes.map((cause) => (
          <li key={`${cause.class}:${cause.code}:${cause.state}`} className={classes.cause}>
            <span className={classes.causeWords}>
              {words(cause)}
              <small className={classes.small}>
                {t(`state.${cause.state}`)}
                {cause.code === null ? null : (
                  <>
                    {" · "}
                    <Link href={codesPage} target="_blank" rel="noreferrer">
                      {t("code", { code: cause.code })}
                    </Link>
                  </>
                )}
              </small>
            </span>
            <Link
              href={recipientsHref(facts, cause.state, cause.code ?? cause.class)}
              className={classes.count}
              aria-label={t("open", { count: cause.count, cause: words(cause) })}
            >
              {format.number(cause.count)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
