import type { ReactNode } from "react";
import classes from "./page-header.module.css";

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** Status beside the title. */
  readonly status?: ReactNode;
  /** One line: when it began, how long it takes. */
  readonly note?: ReactNode;
  readonly above?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, status, note, above, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      {above}
      <div className={classes.row}>
        <div className={classes.words}>
          <div className={classes.titleRow}>
            <h1 className={classes.title}>{title}</h1>
            {status}
          </div>
          {note ? <p className={classes.note}>{note}</p> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </header>
  );
}

/** A titled part of a page, on a surface of its own. */
export function Panel({ title, end, children }: { readonly title: string; readonly end?: ReactNode; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className={classes.panel}>
      <div className={classes.panelHead}>
        <h2 className={classes.panelTitle}>{title}</h2>
        {end}
      </div>
      {children}
    </section>
  );
}
