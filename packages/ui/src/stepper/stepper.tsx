import { Check, TriangleAlert } from "lucide-react";
import { Hidden } from "../hidden/hidden.tsx";
import { PlainLink } from "../link/link.tsx";
import classes from "./stepper.module.css";

export interface Step {
  readonly key: string;
  readonly text: string;
  readonly state: "done" | "current" | "open" | "problem";
  /** Each step has an address; none while it cannot be entered. */
  readonly href?: string | undefined;
  /** Heard beside its name: "done", "needs attention". */
  readonly stateText: string;
}

export function Stepper({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  return (
    <nav aria-label={label}>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const inside = (
            <>
              <span className={classes.mark} aria-hidden="true">
                {step.state === "done" ? (
                  <Check size={12} strokeWidth={2.5} />
                ) : step.state === "problem" ? (
                  <TriangleAlert size={12} />
                ) : (
                  index + 1
                )}
              </span>
              <span className={classes.text}>{step.text}</span>
              <Hidden>{step.stateText}</Hidden>
            </>
          );
          return (
            <li key={step.key} className={classes.step} data-state={step.state}>
              {step.href ? (
                <PlainLink href={step.href} className={classes.inside} {...(step.state === "current" ? { "aria-current": "step" } : {})}>
                  {inside}
                </PlainLink>
              ) : (
                <span className={classes.inside} aria-current={step.state === "current" ? "step" : undefined}>
                  {inside}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
