"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "../kbd/kbd.tsx";
import classes from "./tooltip.module.css";

const DELAY_MS = 400;

export interface TooltipProps {
  readonly text: ReactNode;
  readonly keys?: readonly string[];
  readonly side?: "top" | "right" | "bottom" | "left";
  /** One element that takes focus and a ref. */
  readonly children: ReactNode;
}

/** A short addition for those who point or tab; nothing that must be read may live here alone. */
export function Tooltip({ text, keys, side = "top", children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={DELAY_MS}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content side={side} sideOffset={6} collisionPadding={8} className={classes.tooltip}>
            {text}
            {keys ? <Kbd keys={keys} /> : null}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
