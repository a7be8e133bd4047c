import { History } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./connection.module.css";

export interface ConnectionChipProps {
  readonly state: "live" | "reconnecting" | "stale";
  /** "live", "reconnecting", "showing 14:21:07". */
  readonly children: ReactNode;
}

/** Whether the numbers move by themselves just now. A change is said politely to screen readers. */
export function ConnectionChip({ state, children }: ConnectionChipProps) {
  return (
    <span role="status" className={classes.chip} data-state={state}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
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
