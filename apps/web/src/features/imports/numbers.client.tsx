"use client";
import type { ImportTry } from "@herald/contacts";
import { Panel } from "@herald/ui/page-header";
import { ArrowRight, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import classes from "./imports.module.css";
import type { Choice } from "./mapping-choices.ts";

const shownNumbers = 5;

export type NumbersProps = {
  readonly answer: ImportTry;
  readonly choices: readonly Choice[];
  readonly countryName: (country: string) => string;
};

/** What the first phone numbers will become, each as it is written and as it will be kept. */
export function Numbers({ answer, choices, countryName }: NumbersProps) {
  const t = useTranslations("imports.new.numbers");
  const at = choices.findIndex(({ role }) => role === "phone");
  const refused = answer.rows.filter(({ refusal }) => refusal !== null).length;
  return (
    <Panel title={t("title")}>
      <ul className={classes.numbers}>
        {answer.rows.slice(0, shownNumbers).map(({ rowNo, cells, person, refusal }) => {
          const written = cells[at]?.trim() || t("empty");
          return (
            <li key={rowNo} data-refused={refusal ? "" : undefined}>
              {refusal ? <Refusal sentence={refusal.sentence} /> : null}
              {person ? (
                <>
                  <span className={classes.number}>{written}</span>
                  <ArrowRight size={14} aria-label={t("becomes")} className={classes.arrow} />
                  <strong className={classes.number}>{person.phone}</strong>
                  {person.country && !isInternational(written) ? (
                    <span className={classes.faint}>{t("byDefault", { country: countryName(person.country) })}</span>
                  ) : null}
                  {person.isUnusual ? <Refusal sentence={t("unusual")} /> : null}
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
      <p className={refused === 0 ? classes.faint : classes.refusal}>{t("refusedOfShown", { count: refused })}</p>
    </Panel>
  );
}

function Refusal({ sentence }: { readonly sentence: string }) {
  return (
    <span className={classes.refusal}>
      <TriangleAlert size={14} aria-hidden="true" />
      {sentence}
    </span>
  );
}

/** Its country is in the number itself. */
const isInternational = (written: string): boolean => /^'?\s*(?:\+|00)/.test(written);
