"use client";
import { Button } from "@herald/ui/button";
import { Skeleton, SkeletonText } from "@herald/ui/skeleton";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import classes from "./frame/frame.module.css";
import type { DraftContent } from "./model/draft-content.ts";

/** Makes the draft once the page is really looked at: fetching it ahead, or asking for it, makes none. */
export function BeginDraft({ workspaceId, content }: { readonly workspaceId: string; readonly content: DraftContent }) {
  const t = useTranslations("wizard");
  const base = useTranslations("base");
  const router = useRouter();
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const hasBegun = useRef(false);
  /** Null: it is made, or being made. */
  const begin = useCallback(async (): Promise<DoorProblem | null> => {
    if (hasBegun.current) return null;
    hasBegun.current = true;
    const done = await callDoor<{ readonly draftId: string }>(`/api/workspaces/${workspaceId}/drafts`, {
      method: "POST",
      body: { content },
    });
    if (done.ok) {
      router.replace(`/panel/w/${workspaceId}/campaigns/drafts/${done.value.draftId}/content`);
      return null;
    }
    hasBegun.current = false;
    return done.error;
  }, [content, router, workspaceId]);
  useEffect(() => void begin().then(setProblem), [begin]);
  const again = (): void => {
    setProblem(null);
    void begin().then(setProblem);
  };
  if (problem) return <ProblemState problem={problem} action={<Button onClick={again}>{base("tryAgain")}</Button>} />;
  return (
    <div className={classes.frame}>
      <Skeleton inlineSize="20rem" blockSize="2rem" />
      <SkeletonText lines={4} label={t("beginning")} />
    </div>
  );
}
