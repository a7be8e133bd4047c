"use client";
import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import classes from "./popover.module.css";

export interface PopoverProps {
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: "start" | "center" | "end";
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

export function Popover({ trigger, label, children, align = "start", isOpen, onOpenChange }: PopoverProps) {
  return (
    <Radix.Root {...(isOpen === undefined ? {} : { open: isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content aria-label={label} align={align} sideOffset={6} collisionPadding={8} className={classes.popover}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
