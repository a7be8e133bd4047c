import { Link } from "../link/link.tsx";
import classes from "./funnel.module.css";

export interface FunnelStep {
  readonly key: string;
  readonly word: string;
  readonly count: number;
  readonly href?: string | undefined;
}

export interface FunnelProps {
  readonly label: string;
  readonly steps: readonly FunnelStep[];
  readonly locale: string;
  /** "97.1 % of sent": takes the formatted share and the word of the step before. */
  readonly shareText: (share: string, before: string) => string;
}

/** Steps that each keep a part of the one before; the share is always of the step before, and says so. */
export function Funnel({ label, steps, locale, shareText }: FunnelProps) {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const first = steps[0]?.count ?? 0;
  return (
    <ol aria-label={label} className={classes.funnel}>
      {steps.map((step, index) => {
        const before = steps[index - 1];
        return (
          <li key={step.key} className={classes.step}>
            <span className={classes.word}>
              {step.href ? (
                <Link href={step.href} tone="quiet">
                  {step.word}
                </Link>
              ) : (
                step.word
              )}
            </span>
            <span className={classes.count}>{number.format(step.count)}</span>
            <span className={classes.track} aria-hidden="true">
              <span className={classes.bar} style={{ inlineSize: `${first > 0 ? (100 * step.count) / first : 0}%` }} />
            </span>
            <span className={classes.share}>
              {before && before.count > 0 ? shareText(percent.format(step.count / before.count), before.word) : ""}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
