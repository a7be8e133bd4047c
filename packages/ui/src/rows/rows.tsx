import type { HTMLAttributes } from "react";
import { classNames } from "../class-names.ts";
import { type LinkProps, PlainLink } from "../link/link.tsx";
import classes from "./rows.module.css";

/** Rows on one surface, with a line between them. Its own width is what their container queries measure. */
export function RowFrame({ as: Frame = "div", className, ...rest }: HTMLAttributes<HTMLElement> & { readonly as?: "div" | "ul" }) {
  return <Frame {...rest} className={classNames(classes.frame, className)} />;
}

/** One row; its columns are given by `className`. A head names the columns and leads nowhere. */
export function Row({
  as: Element = "li",
  isHead = false,
  className,
  ...rest
}: HTMLAttributes<HTMLElement> & { readonly as?: "li" | "div"; readonly isHead?: boolean }) {
  return <Element {...rest} data-head={isHead ? "" : undefined} className={classNames(classes.row, className)} />;
}

/** The name of a row. The link covers the row, so that opening in a new tab works as everywhere on the web. */
export function RowLink({ className, ...rest }: LinkProps) {
  return <PlainLink {...rest} className={classNames(classes.link, className)} />;
}
