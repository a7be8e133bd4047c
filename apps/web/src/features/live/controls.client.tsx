"use client";
import { Button } from "@herald/ui/button";
import { IconButton } from "@herald/ui/icon-button";
import { Menu, type MenuItem } from "@herald/ui/menu";
import { showToast } from "@herald/ui/toast";
import { useLater } from "@herald/ui/use-later";
import { CalendarClock, CirclePause, CircleStop, Ellipsis, OctagonX, Pause, Play, ShieldCheck } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { Asked } from "./campaign-dialog.client.tsx";
import { useCampaign } from "./campaign-live.client.tsx";
import classes from "./live.module.css";
import { SpeedButton } from "./speed.client.tsx";
import { controlsOf, isStopping } from "./standing.ts";
import { useCampaignActs } from "./use-campaign-acts.client.ts";

// fetched once somebody points at the controls or tabs to them, so that the page is lighter and what is opened is there at once
const loadDialog = () => import("./campaign-dialog.client.tsx").then((module) => module.CampaignDialog);
// a failure is told when something is opened
const prepare = (): void => void loadDialog().catch(() => undefined);

/** What may be done now. What the state does not allow is not there; what the role does not allow is said. */
export function CampaignControls() {
  const t = useTranslations("live.controls");
  const { facts, report } = useCampaign();
  const acts = useCampaignActs();
  const [open, setOpen] = useState<Asked | null>(null);
  const base = useTranslations("base");
  const giveUp = useCallback(() => {
    setOpen(null);
    showToast({ tone: "bad", title: base("failed.title"), text: `${base("failed.meaning")} ${base("failed.cure")}` });
  }, [base]);
  const showDialog = useLater(loadDialog, open !== null, giveUp);
  const items = useMenuItems(setOpen);
  const allowed = controlsOf(report);
  if (!facts.mayControl) return <p className={classes.mayNot}>{t("mayNot")}</p>;
  return (
    <fieldset className={classes.controls} aria-label={t("label")} onPointerEnter={prepare} onFocus={prepare}>
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
      {open === null ? null : showDialog?.({ asked: open, onClose: () => setOpen(null) })}
    </fieldset>
  );
}

function useMenuItems(show: (asked: Asked) => void): readonly MenuItem[] {
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
