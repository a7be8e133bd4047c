"use client";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import type { FieldAria } from "../field/field.tsx";
import classes from "./choice.module.css";

export interface ChoiceProps extends Omit<ComponentProps<"input">, "type" | "className" | "ref"> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly ref?: ((input: HTMLInputElement | null) => void) | undefined;
}

/** Yes or no, sent with its form. `isPartly`: some of what it stands for. */
export function Checkbox({ label, hint, isPartly = false, ref, ...input }: ChoiceProps & { readonly isPartly?: boolean }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPartly;
  }, [isPartly]);
  return (
    <Line label={label} hint={hint}>
      {(aria) => (
        <input
          {...input}
          {...aria}
          type="checkbox"
          className={classes.box}
          ref={(element) => {
            box.current = element;
            ref?.(element);
          }}
        />
      )}
    </Line>
  );
}

/** On or off, at once. */
export function Switch({ label, hint, ...input }: ChoiceProps) {
  return (
    <Line label={label} hint={hint}>
      {(aria) => <input {...input} {...aria} type="checkbox" role="switch" className={classes.switch} />}
    </Line>
  );
}

/** One of a RadioGroup. */
export function Radio({ label, hint, ...input }: ChoiceProps) {
  return (
    <Line label={label} hint={hint}>
      {(aria) => <input {...input} {...aria} type="radio" className={classes.radio} />}
    </Line>
  );
}

/** A control, and beside it what it is and what it means, read together. */
function Line({
  label,
  hint,
  children,
}: Pick<ChoiceProps, "label" | "hint"> & { readonly children: (aria: Pick<FieldAria, "id" | "aria-describedby">) => ReactNode }) {
  const id = useId();
  return (
    <div className={classes.choice}>
      {children({ id, "aria-describedby": hint ? `${id}-hint` : undefined })}
      <div className={classes.text}>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <p id={`${id}-hint`} className={classes.hint}>
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
