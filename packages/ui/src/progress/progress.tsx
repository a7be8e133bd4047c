import type { Tone } from "../badge/badge.tsx";
import classes from "./progress.module.css";

export interface ProgressProps {
  /** 0 to `max`; undefined while nobody knows. */
  readonly value: number | undefined;
  readonly max: number;
  readonly label: string;
  /** "3,204 of 4,812", for those who hear it. */
  readonly valueText?: string;
  readonly tone?: Exclude<Tone, "neutral" | "scheduled"> | "accent";
}

export function Progress({ value, max, label, valueText, tone = "accent" }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={valueText}
      className={classes.track}
      data-unknown={value === undefined || undefined}
    >
      <span className={classes.bar} data-tone={tone} style={{ inlineSize: value === undefined ? "30%" : percent(value, max) }} />
    </div>
  );
}

export interface Segment {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** As shown: formatted by the caller, in the reader's locale. */
  readonly text: string;
  readonly tone: Tone | "accent";
}

/** Parts of a whole in one bar, with a legend: a colour alone says nothing. */
export function SegmentedBar({
  segments,
  label,
  hasLegend = true,
}: {
  readonly segments: readonly Segment[];
  readonly label: string;
  readonly hasLegend?: boolean;
}) {
  const whole = segments.reduce((sum, segment) => sum + segment.value, 0);
  return (
    <div className={classes.segmented}>
      <div
        role="img"
        aria-label={`${label}: ${segments.map((segment) => `${segment.label} ${segment.text}`).join(", ")}`}
        className={classes.track}
      >
        {segments.map((segment) =>
          segment.value > 0 ? (
            <span
              key={segment.key}
              className={classes.bar}
              data-tone={segment.tone}
              style={{ inlineSize: percent(segment.value, whole) }}
            />
          ) : null,
        )}
      </div>
      {hasLegend ? (
        <ul className={classes.legend} aria-hidden="true">
          {segments.map((segment) => (
            <li key={segment.key}>
              <span className={classes.dot} data-tone={segment.tone} />
              {segment.label} <span className={classes.number}>{segment.text}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function percent(value: number, whole: number): string {
  return `${whole > 0 ? Math.min(100, (100 * value) / whole) : 0}%`;
}
