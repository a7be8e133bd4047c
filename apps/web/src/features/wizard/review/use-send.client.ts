"use client";
import type { AudienceChange } from "@herald/campaign";
import { changesBetween } from "@herald/campaign/audience/audience-changes";
import { showToast } from "@herald/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../../acting/call-door.ts";
import { newKey } from "../../../acting/new-key.ts";
import { useAct } from "../../../acting/use-act.client.ts";
import { useWizard } from "../frame/wizard.client.tsx";
import { type Figures, launchSchedule, questionOf, savable } from "../model/draft-content.ts";
import { figuresOf } from "../model/figures.ts";
import { noteSeen, seenPlace } from "../model/seen.ts";
import { forgetSendKey, sendKeyOf } from "../model/send-key.ts";
import { type Since, useSince } from "./use-since.client.ts";

type Launched = { readonly campaignId: string; readonly eligible: number; readonly note: string | null };
export type Send = {
  readonly isBusy: boolean;
  /** What the button says and the door holds us to; null while it is being counted. */
  readonly figures: Figures | null;
  readonly changes: readonly AudienceChange[];
  /** What the figures are compared with; null: nothing, or what the press was told. */
  readonly since: Since | null;
  /** The press found something that could not be saved, and sent nothing. */
  readonly isUnsaved: boolean;
  readonly problem: DoorProblem | null;
  readonly send: () => Promise<void>;
};

/** The one press that sends. Whatever becomes of the answer, pressing again cannot send twice. */
export function useSend(): Send {
  const { workspaceId, userId, draftId, store, preview, template } = useWizard();
  const t = useTranslations("wizard.review");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const [isUnsaved, setUnsaved] = useState(false);
  const since = useSince();
  const [refused, setRefused] = useState<{
    readonly actual: Figures;
    readonly changes: readonly AudienceChange[];
    readonly atMs: number;
  } | null>(null);

  const counted = preview.isOfSample ? null : preview.answer && figuresOf(preview.answer);
  const isNewer = refused !== null && refused.atMs > (preview.answeredAtMs ?? 0);
  const figures = isNewer ? refused.actual : counted;
  const changes = isNewer ? refused.changes : since && counted ? changesBetween(since.seen, counted) : [];
  const campaignPath = (campaignId: string): string => `/panel/w/${workspaceId}/campaigns/${campaignId}`;

  const onProblem = (said: DoorProblem): boolean => {
    if (said.type === "draft_launched") {
      router.push(campaignPath(String(said["campaignId"])));
      return true;
    }
    if (said.type === "audience_changed") {
      const actual = said["actual"] as Figures;
      setRefused({ actual, changes: said["changes"] as readonly AudienceChange[], atMs: Date.now() });
      noteSeen(localStorage, seenPlace(userId, draftId), actual, Date.now());
    } else setProblem(said);
    return true;
  };

  const send = async (): Promise<void> => {
    setProblem(null);
    if (figures === null) return;
    const isSaved = await store.flush();
    setUnsaved(!isSaved);
    if (!isSaved) return;
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
    localStorage.removeItem(seenPlace(userId, draftId));
    showToast({
      tone: "ok",
      title: t(saved.schedule?.start === "at" ? "scheduled" : "sending", { count: launched.eligible }),
      ...(launched.note !== null && { text: launched.note }),
    });
    router.push(campaignPath(launched.campaignId));
  };
  return { isBusy, figures, changes, since: isNewer ? null : since, isUnsaved, problem, send };
}
