"use client";
import type { Result } from "@herald/kernel";
import { showToast } from "@herald/ui/toast";
import { useCallback, useRef, useState } from "react";
import type { DoorProblem } from "./call-door.ts";
import { useProblemWords } from "./problem-words.client.tsx";
import { useRequestIdChip } from "./request-id.client.ts";

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
  const chipOf = useRequestIdChip();
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
          const { title, text, way, requestId } = wordsOf(done.error);
          showToast({ tone: "bad", title, text, way, requestId: chipOf(requestId) });
        }
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [wordsOf, chipOf],
  );
  return { isBusy, act };
}
