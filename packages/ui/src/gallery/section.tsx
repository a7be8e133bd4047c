import type { ReactNode } from "react";
import classes from "./gallery.module.css";

export function Section({ title, note, children }: { readonly title: string; readonly note?: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.about}>
        <h2 className={classes.title}>{title}</h2>
        {note ? <p className={classes.note}>{note}</p> : null}
      </div>
      <div className={classes.shown}>{children}</div>
    </section>
  );
}

/** Things side by side, wrapping. */
export function Row({ children }: { readonly children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}

/** Things in equal columns, as many as fit. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>;
}
