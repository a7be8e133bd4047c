"use client";
import type { AudienceChange } from "@herald/campaign";
import { ErrorState } from "@herald/ui/error-state";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./review.module.css";
import type { Since } from "./use-since.client.ts";

/** What is different since it was last seen, in amber. `since` is null where it was found out by the press, and nothing was sent. */
export function Changes({ changes, since }: { readonly changes: readonly AudienceChange[]; readonly since: Since | null }) {
  const t = useTranslations("wizard");
  const format = useFormatter();
  if (changes.length === 0) return null;
  const at = since === null ? "" : format.dateTime(since.seen.atMs, { dateStyle: "medium", timeStyle: "short" });
  return (
    <ErrorState
      tone="warn"
      title={since === null ? t("review.changed.afterPress") : t("review.changed.title", { by: since.by, at })}
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
      cure={t(since === null ? "review.changed.again" : "review.changed.look")}
    />
  );
}
