"use client";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import classes from "./choice.module.css";

export interface ChoiceProps extends Omit<ComponentProps<"input">, "type" | "className" | "ref"> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly ref?: ((input: HTMLInputElement | null) => void) | undefined;
}

/** Yes or no, sent with its form. `isPartly`: some of what it stands for. */
export function Checkbox({ label, hint, isPartly = false, ref, ...input }: ChoiceProps & { readonly isPartly?: boolean }) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPartly;
  }, [isPartly]);
  return (
    <div className={classes.choice}>
      <input
        {...input}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={classes.box}
        ref={(element) => {
          box.current = element;
          ref?.(element);
        }}
      />
      <ChoiceText id={id} label={label} hint={hint} />
    </div>
  );
}

/** On or off, at once. */
export function Switch({ label, hint, ...input }: ChoiceProps) {
  const id = useId();
  return (
    <div className={classes.choice}>
      <input
        {...input}
        id={id}
        type="checkbox"
        role="switch"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={classes.switch}
      />
      <ChoiceText id={id} label={label} hint={hint} />
    </div>
  );
}

/** One of a RadioGroup. */
export function Radio({ label, hint, ...input }: ChoiceProps) {
  const id = useId();
  return (
    <div className={classes.choice}>
      <input {...input} id={id} type="radio" aria-describedby={hint ? `${id}-hint` : undefined} className={classes.radio} />
      <ChoiceText id={id} label={label} hint={hint} />
    </div>
  );
}

function ChoiceText({ id, label, hint }: { readonly id: string; readonly label: ReactNode; readonly hint: ReactNode }) {
  return (
    <div className={classes.text}>
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
