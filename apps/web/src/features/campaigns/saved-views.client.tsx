"use client";
import { Hidden } from "@herald/ui/hidden";
import { PlainLink } from "@herald/ui/link";
import { useFormatter, useTranslations } from "use-intl";
import type { WantedAddress } from "../../acting/use-wanted-address.client.ts";
import classes from "./campaigns.module.css";
import { everything, type ListAddress, savedViews } from "./list-address.ts";

/** Each view has its address, without the filters of the one before. */
export function SavedViews({
  address,
  linkTo,
  attention,
}: Pick<WantedAddress<ListAddress>, "linkTo"> & {
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
          {...linkTo({ ...everything, view })}
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
