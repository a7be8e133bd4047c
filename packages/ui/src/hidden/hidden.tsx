import type { ReactNode } from "react";
import classes from "./hidden.module.css";

/** Heard, not seen. */
export function Hidden({ as: Element = "span", children }: { readonly as?: "span" | "h1"; readonly children: ReactNode }) {
  return <Element className={classes.hidden}>{children}</Element>;
}
