import type { ReactNode } from "react";
import classes from "./states.module.css";

export interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What this place is for. */
  readonly children: ReactNode;
  /** The first thing to do here. */
  readonly action?: ReactNode;
  readonly secondaryAction?: ReactNode;
}

/** Nothing here yet: what this is for, and the first step. */
export function EmptyState({ icon, title, children, action, secondaryAction }: EmptyStateProps) {
  return (
    <section className={classes.state} aria-label={title}>
      <span className={classes.icon}>{icon}</span>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{children}</div>
      {action || secondaryAction ? (
        <div className={classes.actions}>
          {action}
          {secondaryAction}
        </div>
      ) : null}
    </section>
  );
}
