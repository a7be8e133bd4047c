"use client";
import { Panel } from "@herald/ui/page-header";
import { SkeletonText } from "@herald/ui/skeleton";
import { Moon } from "lucide-react";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useWizard } from "../frame/wizard.client.tsx";
import { type CountryCount, countryTimesOf } from "../model/country-times.ts";
import { countedParts, type DraftContent, startAtMs } from "../model/draft-content.ts";
import classes from "./when.module.css";

const shown = 8;

/** "That is 07:00 for 1,204 people in Mexico", by the country of their numbers. */
export function CountryTimes({ zonesByCountry }: { readonly zonesByCountry: Readonly<Record<string, readonly string[]>> }) {
  const { content, preview, lacks, now } = useWizard();
  const countries = useCountries();
  const t = useTranslations("wizard.when.countries");
  const locale = useLocale();
  const names = useMemo(() => new Intl.DisplayNames(locale, { type: "region" }), [locale]);
  const atMs = startAtMs(content.schedule, now.getTime());
  const times = atMs === null || countries === undefined ? [] : countryTimesOf(atMs, countries, zonesByCountry);
  const others = times.slice(shown).reduce((sum, { count }) => sum + count, 0);
  const unknown = (countries ?? []).reduce((sum, { count }) => sum + count, 0) - times.reduce((sum, { count }) => sum + count, 0);
  const problem = preview.problem !== null && lacks.length === 0;
  return (
    <Panel title={t("title")}>
      {atMs === null ? <p className={classes.quiet}>{t("noTime")}</p> : null}
      {atMs !== null && (lacks.length > 0 || problem) ? <p className={classes.quiet}>{t("noAudience")}</p> : null}
      {atMs !== null && lacks.length === 0 && preview.isAsking && countries === undefined ? (
        <SkeletonText lines={4} label={t("loading")} />
      ) : null}
      {atMs !== null && countries?.length === 0 ? <p className={classes.quiet}>{t("nobody")}</p> : null}
      {times.length > 0 ? (
        <ul className={classes.times}>
          {times.slice(0, shown).map(({ country, count, from, to, isNight }) => (
            <li key={country} className={classes.countryTime} data-night={isNight || undefined}>
              {isNight ? <Moon size={14} aria-label={t("night")} role="img" /> : null}
              <span>
                {from === to
                  ? t("one", { at: from, count, country: names.of(country) ?? country })
                  : t("span", { from, to, count, country: names.of(country) ?? country })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {others > 0 ? <p className={classes.quiet}>{t("others", { count: others })}</p> : null}
      {atMs !== null && countries !== undefined && unknown > 0 ? <p className={classes.quiet}>{t("unknown", { count: unknown })}</p> : null}
    </Panel>
  );
}

type Counted = { readonly content: DraftContent; readonly countries: readonly CountryCount[] };

/** Where people are does not depend on when it starts: while another start is counted for, what was counted stays. */
function useCountries(): readonly CountryCount[] | undefined {
  const { content, preview } = useWizard();
  const [kept, setKept] = useState<Counted | null>(null);
  const countries = preview.isOfSample ? undefined : preview.answer?.countries;
  if (countries !== undefined && countries !== kept?.countries) setKept({ content, countries });
  const isOfSame = kept !== null && countedParts.every((part) => kept.content[part] === content[part]);
  return countries ?? (isOfSame && preview.problem === null ? kept.countries : undefined);
}
