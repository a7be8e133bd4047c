"use client";
import { ErrorState } from "@herald/ui/error-state";
import { type ReactNode, useCallback } from "react";
import { useTranslations } from "use-intl";
import { type DoorProblem, isSignedOut } from "./call-door.ts";
import { useRequestIdChip } from "./request-id.client.ts";
import { SignInAgain } from "./sign-in-again.client.tsx";

export type ProblemWords = {
  readonly title: string;
  readonly detail: string;
  readonly cure: string | undefined;
  /** Detail and cure as one paragraph. */
  readonly text: string;
  readonly requestId: string | undefined;
  /** A link, where words alone lead nowhere. */
  readonly way: ReactNode;
};

/** What we say ourselves: where there was no door to say anything, and where its words are a script's, not a reader's. */
const ownWords = {
  offline: "offline",
  unreadable: "unreadable",
  unauthenticated: "signedOut",
  idempotency_conflict: "saidOtherwise",
  idempotency_in_progress: "stillRunning",
} as const;
const ownWordsOf = (type: string) => (type in ownWords ? ownWords[type as keyof typeof ownWords] : null);

/** A problem in words: ours, or those of the door. */
export function useProblemWords(): (problem: DoorProblem) => ProblemWords {
  const t = useTranslations("base");
  return useCallback(
    (problem) => {
      const own = ownWordsOf(problem.type);
      const title = own ? t(`${own}.title`) : problem.title;
      const detail = own ? t(`${own}.detail`) : detailOf(problem);
      const cure = own ? t(`${own}.cure`) : problem.cure;
      const text = [detail, cure].filter(Boolean).join(" ");
      return { title, detail, cure, text, requestId: problem.requestId, way: isSignedOut(problem) ? <SignInAgain /> : null };
    },
    [t],
  );
}

/** The issues too: "One value is not as it must be" alone helps nobody. */
const detailOf = ({ detail, issues = [] }: DoorProblem): string =>
  issues.length === 0 ? detail : issues.map((issue) => [issue.message, issue.cure].filter(Boolean).join(" ")).join(" ");

/** A problem in the place of the part that failed. */
export function ProblemState({ problem, action }: { readonly problem: DoorProblem; readonly action?: ReactNode }) {
  const chipOf = useRequestIdChip();
  const { title, detail, cure, requestId, way } = useProblemWords()(problem);
  return (
    <ErrorState
      title={title}
      meaning={detail}
      cure={cure}
      action={
        way ? (
          <>
            {way}
            {action}
          </>
        ) : (
          action
        )
      }
      requestId={chipOf(requestId)}
    />
  );
}
