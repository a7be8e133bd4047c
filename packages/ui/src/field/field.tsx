import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { classNames } from "../class-names.ts";
import classes from "./field.module.css";

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong and what would be right; none when all is well. */
  readonly error?: string | undefined;
  /** "optional", in the reader's language. Required is the normal case and says nothing. */
  readonly optionalText?: string | undefined;
  readonly className?: string | undefined;
}

/** What a control needs so that its label, hint and error are read with it. */
export interface FieldAria {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

/** Label, control, hint and error, tied together. The error stands where the eye already is: under the control. */
export function Field({
  label,
  hint,
  error,
  optionalText,
  className,
  children,
}: FieldProps & { readonly children: (aria: FieldAria) => ReactNode }) {
  const id = useId();
  const describedBy = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className={classNames(classes.field, className)}>
      <label className={classes.label} htmlFor={id}>
        {label}
        {optionalText ? <span className={classes.optional}>{optionalText}</span> : null}
      </label>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": error ? true : undefined })}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      {hint ? (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Several controls that answer one question. */
export function FieldGroup({
  label,
  hint,
  error,
  children,
}: Omit<FieldProps, "className" | "optionalText"> & { readonly children: ReactNode }) {
  const id = useId();
  const describedBy = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <fieldset className={classes.group} aria-describedby={describedBy || undefined} aria-invalid={error ? true : undefined}>
      <legend className={classes.label}>{label}</legend>
      {hint ? (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      ) : null}
      {children}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
    </fieldset>
  );
}

function FieldError({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <p id={id} className={classes.error}>
      <CircleAlert size={14} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
