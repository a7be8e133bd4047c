"use client";
import { Hidden } from "@herald/ui/hidden";
import { PlainLink } from "@herald/ui/link";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./campaigns.module.css";
import { everything, type ListAddress, queryOf, savedViews } from "./list-address.ts";

/** Each view has its address, without the filters of the one before. */
export function SavedViews({
  workspaceId,
  address,
  attention,
}: {
  readonly workspaceId: string;
  readonly address: ListAddress;
  readonly attention: number;
}) {
  const t = useTranslations("campaigns.views");
  const format = useFormatter();
  return (
    <nav aria-label={t("label")} className={classes.views}>
      {savedViews.map((view) => (
        <PlainLink
          key={view}
          href={`/panel/w/${workspaceId}/campaigns${queryOf(everything, { view })}`}
          aria-current={view === address.view ? "page" : undefined}
          className={classes.view}
        >
          {t(view)}
          {view === "attention" && attention > 0 ? (
            <>
              <span className={classes.count} aria-hidden="true">
                {format.number(attention)}
              </span>
              <Hidden>{t("attentionCount", { count: attention })}</Hidden>
            </>
          ) : null}
        </PlainLink>
      ))}
    </nav>
  );
}
