import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "../class-names.ts";
import control from "../field/field.module.css";
import { Field, type FieldProps } from "../field/field.tsx";
import classes from "./select.module.css";

export interface Option {
  readonly value: string;
  readonly text: string;
  readonly isDisabled?: boolean;
}

export interface SelectProps extends Omit<BareSelectProps, "className">, FieldProps {}

/** One of a few. The browser's own list: it fits a phone, a keyboard and a screen reader best. For many, see Combobox. */
export function Select({ label, hint, error, optionalText, className, ...select }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} optionalText={optionalText} className={className}>
      {(aria) => <BareSelect {...select} {...aria} />}
    </Field>
  );
}

export interface BareSelectProps extends Omit<ComponentProps<"select">, "children"> {
  readonly options: readonly Option[];
  /** Shown while nothing is chosen; choosing it means nothing. */
  readonly placeholder?: string | undefined;
}

/** The control without its field, for rows of choices (a mapping of columns, a zone): give it an `aria-label`. */
export function BareSelect({ options, placeholder, className, ...select }: BareSelectProps) {
  return (
    <span className={classNames(classes.frame, className)}>
      <select {...select} className={classNames(control.control, classes.select)}>
        {placeholder ? <option value="">{placeholder}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled ?? false}>
            {option.text}
          </option>
        ))}
      </select>
      <ChevronDown size={14} className={classes.arrow} aria-hidden="true" />
    </span>
  );
}
