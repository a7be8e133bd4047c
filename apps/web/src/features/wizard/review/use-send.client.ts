"use client";
import { showToast } from "@herald/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../../acting/call-door.ts";
import { newKey } from "../../../acting/new-key.ts";
import { useAct } from "../../../acting/use-act.client.ts";
import { useWizard } from "../frame/wizard.client.tsx";
import { type Figures, launchSchedule, questionOf, savable } from "../model/draft-content.ts";
import { changesBetween, type FigureChange, figuresOf } from "../model/figures.ts";
import { forgetSendKey, sendKeyOf } from "../model/send-key.ts";

type Launched = { readonly campaignId: string; readonly eligible: number; readonly note: string | null };
export type Send = {
  readonly isBusy: boolean;
  /** What the button says and the door holds us to; null while it is being counted. */
  readonly figures: Figures | null;
  readonly changes: readonly FigureChange[];
  readonly isRefusedByChange: boolean;
  readonly problem: DoorProblem | null;
  readonly send: () => Promise<void>;
};

/** The one press that sends. Whatever becomes of the answer, pressing again cannot send twice. */
export function useSend(): Send {
  const { workspaceId, draftId, store, preview, content, template } = useWizard();
  const t = useTranslations("wizard.review");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const [refused, setRefused] = useState<{
    readonly actual: Figures;
    readonly changes: readonly FigureChange[];
    readonly atMs: number;
  } | null>(null);

  const counted = preview.isOfSample ? null : preview.answer && figuresOf(preview.answer);
  const isNewer = refused !== null && refused.atMs > (preview.answeredAtMs ?? 0);
  const figures = isNewer ? refused.actual : counted;
  const changes = isNewer ? refused.changes : content.seen && counted ? changesBetween(content.seen, counted) : [];
  const campaignPath = (campaignId: string): string => `/panel/w/${workspaceId}/campaigns/${campaignId}`;

  const onProblem = (said: DoorProblem): boolean => {
    if (said.type === "draft_launched") {
      router.push(campaignPath(String(said["campaignId"])));
      return true;
    }
    if (said.type === "audience_changed")
      setRefused({ actual: said["actual"] as Figures, changes: said["changes"] as readonly FigureChange[], atMs: Date.now() });
    else setProblem(said);
    return true;
  };

  const send = async (): Promise<void> => {
    setProblem(null);
    if (figures === null || !(await store.flush())) return;
    const { name, content: saved, version } = store.get();
    const { body } = questionOf(workspaceId, saved, template && template.placeholders.map(({ key }) => key));
    const when = launchSchedule(saved.schedule);
    if (body === null || when === null) return;
    const { offer, ifLate, expiresInHours } = savable(saved);
    const idempotencyKey = sendKeyOf(sessionStorage, draftId, version, figures, newKey);
    const launched = await act(
      () =>
        callDoor<Launched>("/api/campaigns/bulk-send", {
          method: "POST",
          idempotencyKey,
          body: {
            ...body,
            ...when,
            name: name.trim(),
            draftId,
            expected: figuresOf(figures),
            ...(offer && { offer }),
            ...(ifLate && { ifLate }),
            ...(expiresInHours !== undefined && { expiresInHours }),
          },
        }),
      onProblem,
    );
    if (launched === null) return;
    forgetSendKey(sessionStorage, draftId);
    showToast({
      tone: "ok",
      title: t(saved.schedule?.start === "at" ? "scheduled" : "sending", { count: launched.eligible }),
      ...(launched.note !== null && { text: launched.note }),
    });
    router.push(campaignPath(launched.campaignId));
  };
  return { isBusy, figures, changes, isRefusedByChange: isNewer, problem, send };
}
