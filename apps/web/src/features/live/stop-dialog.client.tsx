"use client";
import { ConfirmDialog } from "@herald/ui/confirm-dialog";
import { useTranslations } from "use-intl";
import { useCampaign } from "./campaign-live.client.tsx";
import { acceptedOf, unsentOf } from "./standing.ts";
import { useCampaignActs } from "./use-campaign-acts.client.ts";

/** Cannot be taken back, so a word is typed first. */
export function StopDialog({ isOpen, onOpenChange }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void }) {
  const t = useTranslations("live.stopDialog");
  const { report } = useCampaign();
  const acts = useCampaignActs();
  const count = unsentOf(report);
  const stop = async (): Promise<void> => {
    if (await acts.stop()) onOpenChange(false);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("title", { name: report.campaign.name })}
      verb={count === 0 ? t("verbNone") : t("verb", { count })}
      stayVerb={t("stay")}
      tone="danger"
      isBusy={acts.isBusy}
      typed={{ word: t("word"), label: t("typed") }}
      onConfirm={() => void stop()}
    >
      <p>
        {t("text", { count })} {t("sent", { count: acceptedOf(report) })}
      </p>
      <p>{t("final")}</p>
    </ConfirmDialog>
  );
}
