import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import control from "../field/field.module.css";
import { Field, type FieldProps } from "../field/field.tsx";
import classes from "./text-field.module.css";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "className">, FieldProps {
  /** Stands inside, before the text: an icon, a sign. */
  readonly start?: ReactNode;
  readonly end?: ReactNode;
}

export function TextField({ label, hint, error, optionalText, className, start, end, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optionalText={optionalText} className={className}>
      {(aria) => (
        <span className={classes.frame}>
          {start ? <span className={classes.start}>{start}</span> : null}
          <input
            {...input}
            {...aria}
            data-start={start ? "" : undefined}
            data-end={end ? "" : undefined}
            className={classNames(control.control, classes.input)}
          />
          {end ? <span className={classes.end}>{end}</span> : null}
        </span>
      )}
    </Field>
  );
}

export interface TextAreaProps extends Omit<ComponentProps<"textarea">, "className">, FieldProps {
  /** How much is written of how much may be: "212 / 1,024". */
  readonly count?: string | undefined;
}

export function TextArea({ label, hint, error, optionalText, className, count, rows = 4, ...input }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} optionalText={optionalText} className={className}>
      {(aria) => (
        <span className={classes.frame}>
          <textarea {...input} {...aria} rows={rows} className={classNames(control.control, classes.area)} />
          {count ? <span className={classes.count}>{count}</span> : null}
        </span>
      )}
    </Field>
  );
}

/** A search box that is only a box: its name is heard, a placeholder and a glass are seen. */
export function SearchBox({
  label,
  icon,
  className,
  ...input
}: Omit<ComponentProps<"input">, "type"> & { readonly label: string; readonly icon: ReactNode }) {
  return (
    <span className={classNames(classes.frame, className)}>
      <span className={classes.start}>{icon}</span>
      <input {...input} type="search" aria-label={label} data-start="" className={classNames(control.control, classes.input)} />
    </span>
  );
}
