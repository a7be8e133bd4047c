"use client";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import control from "../field/field.module.css";
import { FieldGroup, type FieldProps } from "../field/field.tsx";
import { BareSelect } from "../select/select.tsx";
import classes from "./date-time-field.module.css";

/** A moment as a person plans it: on their calendar, in a zone. Turning it into an instant is the caller's business. */
export interface PlannedMoment {
  /** "2026-11-21", or "" while it is not chosen. */
  readonly date: string;
  /** "14:05", or "". */
  readonly time: string;
  /** IANA: "America/Mexico_City". */
  readonly zone: string;
}

export interface DateTimeFieldProps extends Pick<FieldProps, "label" | "hint" | "error"> {
  readonly value: PlannedMoment;
  readonly onChange: (value: PlannedMoment) => void;
  readonly zones: readonly { readonly value: string; readonly text: string }[];
  readonly dateLabel: string;
  readonly timeLabel: string;
  readonly zoneLabel: string;
  /** Earliest day that may be chosen: "2026-11-21". */
  readonly minDate?: string | undefined;
  /** What the moment means elsewhere: "That is 07:00 for 1,204 people in Mexico". */
  readonly children?: ReactNode;
}

/** Day, time and zone, with the browser's own pickers. */
export function DateTimeField({
  value,
  onChange,
  zones,
  dateLabel,
  timeLabel,
  zoneLabel,
  minDate,
  children,
  ...group
}: DateTimeFieldProps) {
  return (
    <FieldGroup {...group}>
      <div className={classes.row}>
        <input
          type="date"
          aria-label={dateLabel}
          aria-invalid={group.error ? true : undefined}
          min={minDate}
          value={value.date}
          className={classNames(control.control, classes.date)}
          onChange={(event) => onChange({ ...value, date: event.target.value })}
        />
        <input
          type="time"
          aria-label={timeLabel}
          aria-invalid={group.error ? true : undefined}
          value={value.time}
          className={classNames(control.control, classes.time)}
          onChange={(event) => onChange({ ...value, time: event.target.value })}
        />
        <BareSelect
          aria-label={zoneLabel}
          value={value.zone}
          options={zones}
          className={classes.zone}
          onChange={(event) => onChange({ ...value, zone: event.target.value })}
        />
      </div>
      {children ? <p className={classes.meaning}>{children}</p> : null}
    </FieldGroup>
  );
}
