import type { ReactNode } from "react";
import classes from "./badge.module.css";

export type Tone = "neutral" | "info" | "ok" | "warn" | "bad" | "scheduled";

/** A word with a tone; the tone only repeats what the word (and the icon) already say. */
export function Badge({
  tone = "neutral",
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
