"use client";
import { Link } from "@herald/ui/link";
import { Panel } from "@herald/ui/page-header";
import { useFormatter, useTranslations } from "use-intl";
import { recipientsHref } from "./addresses.ts";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";

/** Who was left out, and why: one reason each. */
export function SkipsPanel() {
  const t = useTranslations("live.skips");
  const problems = useTranslations("live.problems");
  const format = useFormatter();
  const { facts, report } = useCampaign();
  return (
    <Panel title={t("title")}>
      {report.skips.length === 0 ? <p className={classes.aside}>{t("none")}</p> : null}
      <ul aria-label={t("label")} className={classes.causes}>
        {report.skips.map(({ reason, count }) => (
          <li key={reason} className={classes.cause}>
            <span className={classes.causeWords}>{t(`reasons.${reason}`)}</span>
            <Link
              href={recipientsHref(facts, "skipped", reason)}
              className={classes.count}
              aria-label={problems("open", { count, cause: t(`reasons.${reason}`) })}
            >
              {format.number(count)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
