import { Circle } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "../badge/badge.tsx";
import classes from "./timeline.module.css";

export interface TimelineStep {
  readonly key: string;
  /** When: a `Time`, or a word where nobody knows the moment. */
  readonly time: ReactNode;
  /** The day it belongs to; said once, where it differs from the step before. */
  readonly day?: string | undefined;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** 14 px. Its meaning is in the title. */
  readonly icon?: ReactNode;
  readonly tone?: Tone | undefined;
  /** Has yet to happen: dashed, and said so by the title. */
  readonly isAhead?: boolean;
}

/** What happened, in its order, newest last. Each step is told by its words; tone and icon only repeat them. */
export function Timeline({ label, steps }: { readonly label: string; readonly steps: readonly TimelineStep[] }) {
  return (
    <div className={classes.frame}>
      <ol aria-label={label} className={classes.steps}>
        {steps.map((step, at) => {
          const isNewDay = step.day !== undefined && step.day !== steps[at - 1]?.day;
          return (
            <li key={step.key} className={classes.step} data-tone={step.tone ?? "neutral"} data-ahead={step.isAhead || undefined}>
              {isNewDay ? <p className={classes.day}>{step.day}</p> : null}
              <span className={classes.time}>{step.time}</span>
              <span className={classes.mark} aria-hidden="true">
                {step.icon ?? <Circle size={8} />}
              </span>
              <div className={classes.body}>
                <p className={classes.title}>{step.title}</p>
                {step.detail ? <div className={classes.detail}>{step.detail}</div> : null}
              </div>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
