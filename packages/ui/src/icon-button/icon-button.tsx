"use client";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Tooltip } from "../tooltip/tooltip.tsx";
import classes from "./icon-button.module.css";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  /** What it does, for those who point at it and for those who hear it. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: readonly string[];
  readonly size?: "small" | "medium";
}

export function IconButton({ label, icon, keys, size = "medium", className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys ? { keys } : {})}>
      <button type="button" {...rest} aria-label={label} data-size={size} className={classNames(classes.button, className)}>
        {icon}
      </button>
    </Tooltip>
  );
}
