"use client";
import { ErrorState } from "@herald/ui/error-state";
import { type ReactNode, useCallback } from "react";
import { useTranslations } from "use-intl";
import type { DoorProblem } from "./call-door.ts";

export type ProblemWords = {
  readonly title: string;
  readonly detail: string;
  readonly cure: string | undefined;
  /** Detail and cure as one paragraph. */
  readonly text: string;
  readonly requestId: string | undefined;
};

/** A problem in words: those of the door, or ours where there was no door to say any. */
export function useProblemWords(): (problem: DoorProblem) => ProblemWords {
  const t = useTranslations("base");
  return useCallback(
    (problem) => {
      const isOurs = problem.type === "offline" || problem.type === "unreadable";
      const type = problem.type === "offline" ? "offline" : "unreadable";
      const title = isOurs ? t(`${type}.title`) : problem.title;
      const detail = isOurs ? t(`${type}.detail`) : detailOf(problem);
      const cure = isOurs ? t(`${type}.cure`) : problem.cure;
      return { title, detail, cure, text: [detail, cure].filter(Boolean).join(" "), requestId: problem.requestId };
    },
    [t],
  );
}

/** The issues too: "One value is not as it must be" alone helps nobody. */
const detailOf = ({ detail, issues = [] }: DoorProblem): string =>
  issues.length === 0 ? detail : issues.map((issue) => [issue.message, issue.cure].filter(Boolean).join(" ")).join(" ");

/** A problem in the place of the part that failed. */
export function ProblemState({ problem, action }: { readonly problem: DoorProblem; readonly action?: ReactNode }) {
  const t = useTranslations("base");
  const { title, detail, cure, requestId } = useProblemWords()(problem);
  return (
    <ErrorState
      title={title}
      meaning={detail}
      cure={cure}
      action={action}
      requestId={
        requestId === undefined ? undefined : { value: requestId, label: t("requestId"), copyLabel: t("copy"), copiedLabel: t("copied") }
      }
    />
  );
}
