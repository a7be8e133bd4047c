import { History } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./connection.module.css";

export interface ConnectionChipProps {
  readonly state: "live" | "reconnecting" | "stale" | "signedOut";
  /** "live", "reconnecting", "showing 14:21:07", "signed out, showing 14:21:07". */
  readonly children: ReactNode;
  /** A link beside it, where the reader has to do something before they move again. */
  readonly way?: ReactNode;
}

/** Whether the numbers move by themselves just now. A change is said politely to screen readers. */
export function ConnectionChip({ state, children, way }: ConnectionChipProps) {
  return (
    <span className={classes.line}>
      <span role="status" className={classes.chip} data-state={state}>
        <span className={classes.dot} aria-hidden="true" />
        {children}
      </span>
      {way}
    </span>
  );
}

/** Over numbers that may be old: since when, and what is being done. */
export function StaleBanner({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div role="status" className={classes.banner}>
      <History size={16} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>{children}</div>
      {action}
    </div>
  );
}
