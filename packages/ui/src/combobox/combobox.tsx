"use client";
import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { classNames } from "../class-names.ts";
import control from "../field/field.module.css";
import { Field, type FieldProps } from "../field/field.tsx";
import classes from "./combobox.module.css";

export interface ComboboxOption {
  readonly value: string;
  readonly text: string;
  /** Second line: what tells two alike options apart. */
  readonly detail?: string;
  readonly icon?: ReactNode;
}

export interface ComboboxProps extends FieldProps {
  readonly options: readonly ComboboxOption[];
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
  readonly searchLabel: string;
  readonly emptyText: string;
  readonly isDisabled?: boolean;
}

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const {
    options,
    value,
    onChange,
    placeholder,
    searchLabel,
    emptyText,
    isDisabled = false,
    label,
    hint,
    error,
    optionalText,
    className,
  } = props;
  const [isOpen, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <Field label={label} hint={hint} error={error} optionalText={optionalText} className={className}>
      {(aria) => (
        <Popover.Root open={isOpen} onOpenChange={setOpen}>
          <Popover.Trigger asChild>
            <button
              {...aria}
              type="button"
              role="combobox"
              aria-expanded={isOpen}
              aria-haspopup="dialog"
              disabled={isDisabled}
              className={classNames(control.control, classes.trigger)}
            >
              {chosen?.icon}
              <span className={classes.chosen} data-empty={chosen ? undefined : ""}>
                {chosen?.text ?? placeholder}
              </span>
              <ChevronsUpDown size={14} className={classes.arrow} aria-hidden="true" />
            </button>
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content align="start" sideOffset={4} collisionPadding={8} className={classes.popover} aria-label={searchLabel}>
              <Command label={searchLabel}>
                <Command.Input className={classes.search} placeholder={searchLabel} />
                <Command.List className={classes.list} label={searchLabel}>
                  <Command.Empty className={classes.empty}>{emptyText}</Command.Empty>
                  {options.map((option) => (
                    <Command.Item
                      key={option.value}
                      value={option.value}
                      keywords={[option.text, option.detail ?? ""]}
                      className={classes.item}
                      onSelect={() => {
                        onChange(option.value);
                        setOpen(false);
                      }}
                    >
                      {option.icon}
                      <span className={classes.text}>
                        {option.text}
                        {option.detail ? <span className={classes.detail}>{option.detail}</span> : null}
                      </span>
                      {option.value === value ? <Check size={14} /> : null}
                    </Command.Item>
                  ))}
                </Command.List>
              </Command>
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </Field>
  );
}
