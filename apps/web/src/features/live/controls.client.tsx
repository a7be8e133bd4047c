"use client";
import { Button } from "@herald/ui/button";
import { ConfirmDialog } from "@herald/ui/confirm-dialog";
import { IconButton } from "@herald/ui/icon-button";
import { Menu, type MenuItem } from "@herald/ui/menu";
import { CalendarClock, CirclePause, CircleStop, Ellipsis, OctagonX, Pause, Play, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { NotedConfirm } from "../../acting/noted-confirm.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";
import { RescheduleDialog } from "./reschedule-dialog.client.tsx";
import { SpeedButton } from "./speed.client.tsx";
import { controlsOf, isStopping } from "./standing.ts";
import { StopDialog } from "./stop-dialog.client.tsx";
import { SwitchDialog } from "./switch-dialog.client.tsx";
import { type Switch, useCampaignActs } from "./use-campaign-acts.client.ts";
import { useNoteWords } from "./use-note-words.client.ts";

type Open = "pause" | "stop" | "reschedule" | "startNow" | Switch | null;

/** What may be done now. What the state does not allow is not there; what the role does not allow is said. */
export function CampaignControls() {
  const t = useTranslations("live.controls");
  const { facts, report } = useCampaign();
  const acts = useCampaignActs();
  const [open, setOpen] = useState<Open>(null);
  const items = useMenuItems(setOpen);
  const allowed = controlsOf(report);
  if (!facts.mayControl) return <p className={classes.mayNot}>{t("mayNot")}</p>;
  const closes = (isOpen: boolean): void => setOpen(isOpen ? open : null);
  return (
    <fieldset className={classes.controls} aria-label={t("label")}>
      {isStopping(report) ? <p className={classes.mayNot}>{t("stopping")}</p> : null}
      {allowed.pause ? (
        <Button icon={<Pause size={16} />} isLoading={acts.isBusy} onClick={() => void acts.pause()}>
          {t("pause")}
        </Button>
      ) : null}
      {allowed.resume ? (
        <Button variant="primary" icon={<Play size={16} />} isLoading={acts.isBusy} onClick={() => void acts.resume()}>
          {t("resume")}
        </Button>
      ) : null}
      {allowed.reschedule ? (
        <Button icon={<CalendarClock size={16} />} onClick={() => setOpen("reschedule")}>
          {t("reschedule")}
        </Button>
      ) : null}
      {allowed.speed ? <SpeedButton /> : null}
      <Menu align="end" trigger={<IconButton label={t("more")} icon={<Ellipsis size={16} />} />} items={items} />
      <PauseDialog isOpen={open === "pause"} onOpenChange={closes} />
      <StopDialog isOpen={open === "stop"} onOpenChange={closes} />
      <RescheduleDialog isOpen={open === "reschedule"} onOpenChange={closes} />
      <StartNowDialog isOpen={open === "startNow"} onOpenChange={closes} />
      {(["number", "workspace"] as const).map((which) => (
        <SwitchDialog key={which} which={which} isOpen={open === which} onOpenChange={closes} />
      ))}
    </fieldset>
  );
}

function useMenuItems(show: (open: Open) => void): readonly MenuItem[] {
  const t = useTranslations("live.controls");
  const { facts, report } = useCampaign();
  const allowed = controlsOf(report);
  const { killedBy } = report.pace;
  const number = facts.senderNumber;
  const items: MenuItem[] = [];
  if (allowed.pause) items.push({ key: "pause", text: t("pauseWithNote"), icon: <CirclePause size={16} />, onSelect: () => show("pause") });
  if (allowed.reschedule) items.push({ key: "now", text: t("startNow"), icon: <Play size={16} />, onSelect: () => show("startNow") });
  if (allowed.stop)
    items.push({ key: "stop", text: t("stop"), icon: <CircleStop size={16} />, isDanger: true, onSelect: () => show("stop") });
  if (items.length > 0) items.push({ kind: "line", key: "line" });
  items.push({ kind: "heading", key: "emergency", text: t("emergency") });
  for (const which of ["number", "workspace"] as const) {
    const isOn = killedBy === which;
    const text = which === "number" ? t(isOn ? "freeNumber" : "killNumber", { number }) : t(isOn ? "freeWorkspace" : "killWorkspace");
    items.push({
      key: which,
      text,
      icon: isOn ? <ShieldCheck size={16} /> : <OctagonX size={16} />,
      isDanger: !isOn,
      isDisabled: isOn && !facts.mayFree,
      onSelect: () => show(which),
    });
  }
  if (killedBy !== null && !facts.mayFree) items.push({ kind: "heading", key: "mayNotFree", text: t("mayNotFree") });
  return items;
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
      onConfirm={(decision) => acts.pause(decision.note)}
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
