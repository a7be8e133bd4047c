import type { ReactNode } from "react";
import classes from "./figures.module.css";

/** A number as the reader's locale writes it, in figures of one width. `options` adds a currency, a unit, decimals. */
export function Figure({
  value,
  locale,
  options,
}: {
  readonly value: number;
  readonly locale: string;
  readonly options?: Intl.NumberFormatOptions;
}) {
  return (
    <data value={value} className={classes.figure}>
      {new Intl.NumberFormat(locale, options).format(value)}
    </data>
  );
}

export interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  /** The one thing that makes the number mean something: a share, a change, a limit. */
  readonly note?: ReactNode;
  readonly tone?: "neutral" | "ok" | "warn" | "bad";
}

/** One number that matters, with its name above and its meaning below. */
export function Stat({ label, value, note, tone = "neutral" }: StatProps) {
  return (
    <div className={classes.stat} data-tone={tone}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{value}</span>
      {note ? <span className={classes.note}>{note}</span> : null}
    </div>
  );
}

/** Stats side by side, as many as fit. */
export function StatRow({ children }: { readonly children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}
