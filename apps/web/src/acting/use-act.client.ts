"use client";
import type { Result } from "@herald/kernel";
import { showToast } from "@herald/ui/toast";
import { useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { DoorProblem } from "./call-door.ts";
import { useProblemWords } from "./problem-words.client.tsx";

export type Act = {
  readonly isBusy: boolean;
  /**
   * Runs one act at a time; a second press while the first runs does nothing and answers null. A failure that `onProblem` does not take
   * (answers true for) is told in a toast with its request id.
   */
  readonly act: <Answer>(
    work: () => Promise<Result<Answer, DoorProblem>>,
    onProblem?: (problem: DoorProblem) => boolean,
  ) => Promise<Answer | null>;
};

/** For buttons: what a press does, told when it fails. */
export function useAct(): Act {
  const wordsOf = useProblemWords();
  const t = useTranslations("base");
  const [isBusy, setBusy] = useState(false);
  const running = useRef(false);
  const act = useCallback<Act["act"]>(
    async (work, onProblem) => {
      if (running.current) return null;
      running.current = true;
      setBusy(true);
      try {
        const done = await work();
        if (done.ok) return done.value;
        if (!onProblem?.(done.error)) {
          const { title, text, requestId } = wordsOf(done.error);
          showToast({
            tone: "bad",
            title,
            text,
            ...(requestId !== undefined && {
              requestId: { value: requestId, label: t("requestId"), copyLabel: t("copy"), copiedLabel: t("copied") },
            }),
          });
        }
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [wordsOf, t],
  );
  return { isBusy, act };
}
