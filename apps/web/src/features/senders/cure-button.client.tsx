"use client";
import { Button } from "@herald/ui/button";
import { showToast } from "@herald/ui/toast";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import type { Decision } from "../../acting/noted-confirm.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";

const NotedConfirm = dynamic(() => import("../../acting/noted-confirm.client.tsx").then((module) => module.NotedConfirm), { ssr: false });

/** A person says that the cause of a block is gone. */
export function CureButton({
  workspaceId,
  blockId,
  campaigns,
}: {
  readonly workspaceId: string;
  readonly blockId: string;
  readonly campaigns: number;
}) {
  const t = useTranslations("senders.blocks");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const [isAsking, setAsking] = useState(false);
  const cure = async ({ note, tell }: Decision): Promise<boolean> => {
    const path = `/api/workspaces/${workspaceId}/blocks/${blockId}/cure` as const;
    const done = await act(() => callDoor<{ readonly freed: number }>(path, { method: "POST", body: { note } }), tell);
    if (done === null) return false;
    showToast({ tone: "ok", title: t("cured", { freed: done.freed }) });
    router.refresh();
    return true;
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("cure")}</Button>
      {isAsking ? (
        <NotedConfirm
          isOpen
          onOpenChange={setAsking}
          title={t("question")}
          verb={t("confirm", { count: campaigns })}
          stayVerb={t("stay")}
          isBusy={isBusy}
          note={{ label: t("note"), hint: t("noteHint"), needed: t("noteNeeded") }}
          onConfirm={cure}
        >
          {t("what", { count: campaigns })}
        </NotedConfirm>
      ) : null}
    </>
  );
}
