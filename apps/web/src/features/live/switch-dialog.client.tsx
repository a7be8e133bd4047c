"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { NotedConfirm } from "../../acting/noted-confirm.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import { type Switch, useCampaignActs } from "./use-campaign-acts.client.ts";
import { useNoteWords } from "./use-note-words.client.ts";

/** The emergency stop of the number or of the workspace: on, or let go again. */
export function SwitchDialog({
  which,
  isOpen,
  onOpenChange,
}: {
  readonly which: Switch;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}) {
  const t = useTranslations("live.switchDialog");
  const { facts, report } = useCampaign();
  const acts = useCampaignActs();
  const note = useNoteWords().needed;
  const isOn = useAtOpening(report.pace.killedBy === which, isOpen);
  const number = facts.senderNumber;
  const title = which === "number" ? t(isOn ? "freeNumber" : "killNumber", { number }) : t(isOn ? "freeWorkspace" : "killWorkspace");
  return (
    <NotedConfirm
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={title}
      verb={t(isOn ? "freeVerb" : "killVerb")}
      stayVerb={t("stay")}
      tone={isOn ? "primary" : "danger"}
      isBusy={acts.isBusy}
      note={note}
      onConfirm={(decision) => acts.flip(which, !isOn, decision)}
    >
      {isOn ? t("freeText") : t(which === "number" ? "killNumberText" : "killWorkspaceText")}
    </NotedConfirm>
  );
}

/** What was so when the dialog opened: a colleague's act must not turn an open question into its opposite. */
function useAtOpening<Value>(now: Value, isOpen: boolean): Value {
  const [asked, setAsked] = useState({ isOpen, value: now });
  if (asked.isOpen === isOpen) return asked.value;
  const next = { isOpen, value: isOpen ? now : asked.value };
  setAsked(next);
  return next.value;
}
