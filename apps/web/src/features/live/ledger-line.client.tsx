"use client";
import { BalanceLine } from "@herald/ui/balance-line";
import { ErrorState } from "@herald/ui/error-state";
import { useLocale, useTranslations } from "use-intl";
import { acceptedBuckets, recipientsHref } from "./addresses.ts";
import { useCampaign } from "./campaign-live.client.tsx";
import { acceptedOf } from "./standing.ts";

const tones = { unknown: "warn", failed: "bad" } as const;
const states = ["queued", "dispatching", "deferred", "unknown", "held", "skipped", "failed"] as const;

/** The promise of the product in one line: planned = all that became of it. Each number opens its people. */
export function LedgerLine() {
  const t = useTranslations("live.ledger");
  const locale = useLocale();
  const { facts, report } = useCampaign();
  const { planned, counts, isBalanced } = report.ledger;
  return (
    <>
      <BalanceLine
        label={t("label")}
        locale={locale}
        whole={{ key: "planned", word: t("planned"), count: planned, href: recipientsHref(facts) }}
        balancesText={t("balances")}
        offByText={(difference) => t("offBy", { difference })}
        terms={[
          ...states.map((state) => ({
            key: state,
            word: t(state),
            count: counts[state],
            href: recipientsHref(facts, state),
            tone: state === "unknown" || state === "failed" ? tones[state] : undefined,
          })),
          { key: "accepted", word: t("accepted"), count: acceptedOf(report), href: recipientsHref(facts, acceptedBuckets) },
        ]}
      />
      {isBalanced ? null : <ErrorState title={t("unequal")} meaning={t("recount")} />}
    </>
  );
}
