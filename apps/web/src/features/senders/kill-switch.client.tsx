"use client";
import { Badge } from "@herald/ui/badge";
import { Button } from "@herald/ui/button";
import { showToast } from "@herald/ui/toast";
import { CircleCheck, OctagonX } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import type { Decision } from "../../acting/noted-confirm.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";
import classes from "./senders.module.css";

const NotedConfirm = dynamic(() => import("../../acting/noted-confirm.client.tsx").then((module) => module.NotedConfirm), { ssr: false });

export type KillSwitchProps = {
  /** Of one number, or without one of the whole workspace. */
  readonly of: { readonly workspaceId: string; readonly sender?: { readonly senderId: string; readonly name: string } };
  readonly isOn: boolean;
  /** Who threw it; `by` is null for the reader, empty for somebody without a name. */
  readonly stop: { readonly at: string; readonly by: string | null; readonly note: string | null } | null;
  readonly liveCampaigns: number;
  readonly mayStop: boolean;
  readonly mayLetGo: boolean;
};

/** Stops all sending of a number or the workspace at once, and lets it go again; each time with a reason. */
export function KillSwitch({ of, isOn, stop, liveCampaigns, mayStop, mayLetGo }: KillSwitchProps) {
  const t = useTranslations("senders.switch");
  const who = useTranslations("senders.who");
  const format = useFormatter();
  const router = useRouter();
  const { isBusy, act } = useAct();
  // Kept from the opening on: a colleague's act must not turn an open question into its opposite.
  const [asked, setAsked] = useState<"stop" | "go" | null>(null);
  const whose = of.sender === undefined ? "Workspace" : "Number";
  const may = isOn ? mayLetGo : mayStop;
  const path = `/api/workspaces/${of.workspaceId}${of.sender === undefined ? "" : `/senders/${of.sender.senderId}`}/kill-switch` as const;
  const set = async (on: boolean, { note, tell }: Decision): Promise<boolean> => {
    const done = await act(() => callDoor<{ readonly isKilled: boolean }>(path, { method: "POST", body: { on, note } }), tell);
    if (done === null) return false;
    showToast({ tone: "ok", title: t(done.isKilled ? "stopped" : "going") });
    router.refresh();
    return true;
  };
  const since = (): string => {
    if (stop === null) return t("on");
    const facts = {
      at: format.dateTime(new Date(stop.at), { dateStyle: "medium", timeStyle: "short" }),
      by: stop.by === null ? who("you") : stop.by || who("colleague"),
    };
    return stop.note === null
      ? t("onSince", { at: facts.at, who: facts.by })
      : t("onWith", { at: facts.at, who: facts.by, note: stop.note });
  };
  const name = of.sender?.name ?? "";
  return (
    <div className={classes.switch}>
      <p className={classes.state}>
        <Badge
          tone={isOn ? "bad" : "ok"}
          icon={isOn ? <OctagonX size={14} aria-hidden="true" /> : <CircleCheck size={14} aria-hidden="true" />}
        >
          {t(isOn ? "onWord" : "offWord")}
        </Badge>
        <span>{isOn ? since() : t("off")}</span>
      </p>
      <div className={classes.acts}>
        {may ? (
          <Button variant={isOn ? "secondary" : "danger"} onClick={() => setAsked(isOn ? "go" : "stop")}>
            {t(`${isOn ? "go" : "stop"}${whose}`)}
          </Button>
        ) : (
          <p className={classes.faint}>{t(isOn ? "mayNotGo" : "mayNotStop")}</p>
        )}
      </div>
      {asked === null ? null : (
        <NotedConfirm
          isOpen
          onOpenChange={(isOpen) => (isOpen ? undefined : setAsked(null))}
          title={t(`${asked}${whose}Question`, { name })}
          verb={t(asked === "go" ? "confirmGo" : "confirmStop")}
          stayVerb={t(asked === "go" ? "stayStopped" : "stayGoing")}
          tone={asked === "go" ? "primary" : "danger"}
          isBusy={isBusy}
          note={{ label: t("note"), hint: t("noteHint"), needed: t("noteNeeded") }}
          onConfirm={(decision) => set(asked === "stop", decision)}
        >
          {t(asked === "go" ? "goWhat" : "stopWhat", { count: liveCampaigns })}
        </NotedConfirm>
      )}
    </div>
  );
}
