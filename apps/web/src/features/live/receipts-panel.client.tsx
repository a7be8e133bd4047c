"use client";
import { Funnel } from "@herald/ui/funnel";
import { Panel } from "@herald/ui/page-header";
import { useLocale, useTranslations } from "use-intl";
import { acceptedBuckets, deliveredBuckets, recipientsHref, sentBuckets } from "./addresses.ts";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";
import { acceptedOf } from "./standing.ts";

/** What became of the accepted ones; each step's share is of the step before it. */
export function ReceiptsPanel() {
  const t = useTranslations("live.receipts");
  const locale = useLocale();
  const { facts, report } = useCampaign();
  const { sent, delivered, read, undelivered } = report.ledger.counts;
  return (
    <Panel title={t("title")}>
      <Funnel
        label={t("label")}
        locale={locale}
        shareText={(share, before) => t("share", { share, before: before.toLocaleLowerCase(locale) })}
        steps={[
          { key: "accepted", word: t("accepted"), count: acceptedOf(report), href: recipientsHref(facts, acceptedBuckets) },
          { key: "sent", word: t("sent"), count: sent + undelivered + delivered + read, href: recipientsHref(facts, sentBuckets) },
          { key: "delivered", word: t("delivered"), count: delivered + read, href: recipientsHref(facts, deliveredBuckets) },
          { key: "read", word: t("read"), count: read, href: recipientsHref(facts, "read") },
        ]}
      />
      {undelivered > 0 ? <p className={classes.aside}>{t("undelivered", { count: undelivered })}</p> : null}
      {read > 0 ? <p className={classes.aside}>{t("readNote")}</p> : null}
    </Panel>
  );
}
