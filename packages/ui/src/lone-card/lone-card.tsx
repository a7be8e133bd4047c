import type { ReactNode } from "react";
import classes from "./lone-card.module.css";

/** A page that is one card in its middle: the ways in, where nobody is known yet. */
export function LoneCard({ size = "narrow", children }: { readonly size?: "narrow" | "wide"; readonly children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card} data-size={size}>
        {children}
      </div>
    </main>
  );
}

/** Whose page it is. */
export function LoneCardMark({ children }: { readonly children: ReactNode }) {
  return <p className={classes.mark}>{children}</p>;
}

export function LoneCardTitle({ as: Title = "h1", children }: { readonly as?: "h1" | "h2"; readonly children: ReactNode }) {
  return <Title className={classes.title}>{children}</Title>;
}
