import { CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { CopyableId, type CopyableIdProps } from "../copyable-id/copyable-id.tsx";
import { Link } from "../link/link.tsx";
import classes from "./states.module.css";

export interface ErrorStateProps {
  /** What happened. */
  readonly title: string;
  /** What it means for what the reader is doing. */
  readonly meaning: ReactNode;
  /** What to do: a sentence, or nothing when a button says it. */
  readonly cure?: ReactNode;
  readonly action?: ReactNode;
  readonly tone?: "bad" | "warn";
  /** A code of the provider, with the page that explains it. */
  readonly code?: { readonly text: string; readonly href?: string | undefined } | undefined;
  readonly requestId?: CopyableIdProps | undefined;
}

/** What happened · what it means · what to do. Stands in the place of the part that failed; the rest of the screen lives on. */
export function ErrorState({ title, meaning, cure, action, tone = "bad", code, requestId }: ErrorStateProps) {
  const Icon = tone === "bad" ? CircleX : TriangleAlert;
  return (
    <div role="alert" className={classes.error} data-tone={tone}>
      <Icon size={16} className={classes.errorIcon} aria-hidden="true" />
      <div className={classes.errorBody}>
        <p className={classes.errorTitle}>{title}</p>
        <div className={classes.errorText}>{meaning}</div>
        {cure ? <p>{cure}</p> : null}
        {action ? <div className={classes.errorActions}>{action}</div> : null}
        {code || requestId ? (
          <div className={classes.errorFacts}>
            {code ? code.href ? <Link href={code.href}>{code.text}</Link> : <span>{code.text}</span> : null}
            {requestId ? <CopyableId {...requestId} /> : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}
