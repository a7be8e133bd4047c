"use client";
import type { ReactNode } from "react";
import { FieldGroup, type FieldProps } from "../field/field.tsx";
import { Radio } from "./choice.tsx";

export interface RadioGroupProps extends Pick<FieldProps, "label" | "hint" | "error"> {
  readonly name: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: ReactNode;
    readonly hint?: ReactNode;
    readonly isDisabled?: boolean;
  }[];
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}

/** One of a few, all in sight. Arrow keys move, as the browser has it. */
export function RadioGroup({ name, options, value, onChange, ...group }: RadioGroupProps) {
  return (
    <FieldGroup {...group}>
      {options.map((option) => (
        <Radio
          key={option.value}
          name={name}
          value={option.value}
          label={option.label}
          hint={option.hint}
          disabled={option.isDisabled ?? false}
          checked={option.value === value}
          onChange={() => onChange(option.value)}
        />
      ))}
    </FieldGroup>
  );
}
