"use client";
import { ErrorState } from "@herald/ui/error-state";
import { useTranslations } from "use-intl";
import type { FigureChange } from "../model/figures.ts";
import classes from "./review.module.css";

/** What is different since it was last counted, in amber. `isAfterPress`: it was found out by the press, and nothing was sent. */
export function Changes({ changes, isAfterPress }: { readonly changes: readonly FigureChange[]; readonly isAfterPress: boolean }) {
  const t = useTranslations("wizard");
  if (changes.length === 0) return null;
  return (
    <ErrorState
      tone="warn"
      title={t(isAfterPress ? "review.changed.afterPress" : "review.changed.title")}
      meaning={
        <ul className={classes.changes}>
          {changes.map(({ what, from, to }) => (
            <li key={what}>
              {what === "eligible" || what === "matched"
                ? t(`review.changed.${what}`, { from, to })
                : t("review.changed.reason", { from, to, reason: t(`skips.${what}.what`) })}
            </li>
          ))}
        </ul>
      }
      cure={t(isAfterPress ? "review.changed.again" : "review.changed.look")}
    />
  );
}
