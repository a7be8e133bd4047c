"use client";
import { Button } from "@herald/ui/button";
import { showToast } from "@herald/ui/toast";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import { useAct } from "../../acting/use-act.client.ts";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";
import { figuresOf } from "./standing.ts";

// asked for by a press: no list waits for it
const ConfirmDialog = dynamic(() => import("@herald/ui/confirm-dialog").then((module) => module.ConfirmDialog), { ssr: false });

/** Lets a paused campaign go on. What was begun cannot be taken back, so it asks, and says how many will get it. */
export function ResumeButton({
  row,
  onMoved,
  onAsking,
}: {
  readonly row: CampaignRow;
  readonly onMoved: () => void;
  readonly onAsking: (isAsking: boolean) => void;
}) {
  const t = useTranslations("campaigns.resume");
  const { isBusy, act } = useAct();
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    if (!isAsking) return;
    onAsking(true);
    return () => onAsking(false);
  }, [isAsking, onAsking]);
  const { left } = figuresOf(row);
  const resume = async (): Promise<void> => {
    const done = await act(() =>
      callDoor<{ readonly note: string | null }>(`/api/campaigns/${row.campaignId}/resume`, { method: "POST", body: {} }),
    );
    setAsking(false);
    if (done === null) return;
    showToast({ tone: "ok", title: t("done", { name: row.name }), ...(done.note !== null && { text: done.note }) });
    onMoved();
  };
  return (
    <>
      <Button size="small" aria-label={t("verbNamed", { name: row.name })} onClick={() => setAsking(true)}>
        {t("verb")}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          isOpen
          onOpenChange={setAsking}
          title={t("question", { name: row.name })}
          verb={t("confirm", { count: left })}
          stayVerb={t("stay")}
          isBusy={isBusy}
          onConfirm={() => void resume()}
        >
          {t("what", { count: left })}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
