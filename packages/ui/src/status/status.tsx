import {
  CalendarClock,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleSlash,
  CircleX,
  type LucideIcon,
  PieChart,
} from "lucide-react";
import type { Tone } from "../badge/badge.tsx";
import classes from "./status.module.css";

export type StatusKind = "draft" | "scheduled" | "sending" | "paused" | "stalled" | "completed" | "partlySent" | "failed" | "cancelled";

const LOOKS: Readonly<Record<StatusKind, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  draft: { icon: CircleDashed, tone: "neutral" },
  scheduled: { icon: CalendarClock, tone: "scheduled" },
  sending: { icon: CircleDot, tone: "info" },
  paused: { icon: CirclePause, tone: "warn" },
  stalled: { icon: CircleAlert, tone: "warn" },
  completed: { icon: CircleCheck, tone: "ok" },
  partlySent: { icon: PieChart, tone: "ok" },
  failed: { icon: CircleX, tone: "bad" },
  cancelled: { icon: CircleSlash, tone: "neutral" },
};

export interface StatusProps {
  readonly kind: StatusKind;
  /** The word of the catalogue: colour and icon never stand alone. */
  readonly word: string;
  /** Why, in a few words: who paused it, what it waits for. */
  readonly reason?: string | undefined;
  readonly look?: "badge" | "plain";
}

/** Where something stands: word, colour and icon together. */
export function Status({ kind, word, reason, look = "badge" }: StatusProps) {
  const { icon: Icon, tone } = LOOKS[kind];
  return (
    <span className={classes.status} data-kind={kind} data-tone={tone} data-look={look}>
      <span className={classes.chip}>
        <Icon size={14} strokeWidth={2} className={classes.icon} aria-hidden="true" />
        {word}
      </span>
      {reason ? <span className={classes.reason}>{reason}</span> : null}
    </span>
  );
}
