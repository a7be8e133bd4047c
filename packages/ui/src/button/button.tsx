import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Kbd } from "../kbd/kbd.tsx";
import { type LinkProps, PlainLink } from "../link/link.tsx";
import classes from "./button.module.css";

interface Look {
  readonly variant?: "primary" | "secondary" | "ghost" | "danger";
  readonly size?: "small" | "medium" | "large";
  readonly icon?: ReactNode;
  readonly iconEnd?: ReactNode;
  /** Keys that do the same, as a person reads them: ["⌘", "K"]. */
  readonly keys?: readonly string[];
}

export interface ButtonProps extends ComponentProps<"button">, Look {
  /** Keeps its width and its place in the tab order, and does nothing. */
  readonly isLoading?: boolean;
}

/** A button says the verb it does: "Pause sending", never "OK". */
export function Button({
  variant = "secondary",
  size = "medium",
  icon,
  iconEnd,
  keys,
  isLoading = false,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      onClick={isLoading ? (event) => event.preventDefault() : onClick}
      aria-busy={isLoading || undefined}
      aria-disabled={isLoading || undefined}
      data-variant={variant}
      data-size={size}
      className={classNames(classes.button, className)}
    >
      {isLoading ? <LoaderCircle size={16} className={classes.spinner} /> : icon}
      <span className={classes.label}>{children}</span>
      {iconEnd}
      {keys ? <Kbd keys={keys} /> : null}
    </button>
  );
}

/** Looks like a button, goes somewhere. */
export function ButtonLink({
  variant = "secondary",
  size = "medium",
  icon,
  iconEnd,
  keys,
  children,
  className,
  ...rest
}: LinkProps & Look) {
  return (
    <PlainLink {...rest} data-variant={variant} data-size={size} className={classNames(classes.button, className)}>
      {icon}
      <span className={classes.label}>{children}</span>
      {iconEnd}
      {keys ? <Kbd keys={keys} /> : null}
    </PlainLink>
  );
}
