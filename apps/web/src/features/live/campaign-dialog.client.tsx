"use client";
import { ConfirmDialog } from "@herald/ui/confirm-dialog";
import { useTranslations } from "use-intl";
import { NotedConfirm } from "../../acting/noted-confirm.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import { RescheduleDialog } from "./reschedule-dialog.client.tsx";
import { StopDialog } from "./stop-dialog.client.tsx";
import { SwitchDialog } from "./switch-dialog.client.tsx";
import { type Switch, useCampaignActs } from "./use-campaign-acts.client.ts";
import { useNoteWords } from "./use-note-words.client.ts";

export type Asked = "pause" | "stop" | "reschedule" | "startNow" | Switch;

/** The one question about a campaign that stands open. It lives while it stands: what was typed and not said is forgotten. */
export function CampaignDialog({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const dialog: DialogState = { isOpen: true, onOpenChange: (isOpen) => (isOpen ? undefined : onClose()) };
  switch (asked) {
    case "pause":
      return <PauseDialog {...dialog} />;
    case "stop":
      return <StopDialog {...dialog} />;
    case "reschedule":
      return <RescheduleDialog {...dialog} />;
    case "startNow":
      return <StartNowDialog {...dialog} />;
    case "number":
    case "workspace":
      return <SwitchDialog {...dialog} which={asked} />;
  }
}

type DialogState = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

function PauseDialog({ isOpen, onOpenChange }: DialogState) {
  const t = useTranslations("live.pauseDialog");
  const stay = useTranslations("live.stopDialog")("stay");
  const acts = useCampaignActs();
  const note = useNoteWords().optional;
  return (
    <NotedConfirm
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("title")}
      verb={t("verb")}
      stayVerb={stay}
      isBusy={acts.isBusy}
      note={note}
      onConfirm={acts.pause}
    >
      {t("text")}
    </NotedConfirm>
  );
}

function StartNowDialog({ isOpen, onOpenChange }: DialogState) {
  const t = useTranslations("live.scheduleDialog");
  const { report } = useCampaign();
  const acts = useCampaignActs();
  const count = report.ledger.counts.queued;
  const start = async (): Promise<void> => {
    if (await acts.reschedule({ now: true })) onOpenChange(false);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("nowTitle")}
      verb={t("nowVerb", { count })}
      stayVerb={t("stay")}
      isBusy={acts.isBusy}
      onConfirm={() => void start()}
    >
      {t("nowText", { count })}
    </ConfirmDialog>
  );
}
