import type { ReactNode } from "react";
import { PlainLink } from "../link/link.tsx";
import classes from "./tabs.module.css";

export interface TabLink {
  readonly key: string;
  readonly label: ReactNode;
  readonly count?: string | undefined;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** Looks like tabs, and each is a page of its own: for parts of a thing that have their own addresses. */
export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className={classes.list}>
      {tabs.map((tab) => (
        <PlainLink key={tab.key} href={tab.href} aria-current={tab.isCurrent ? "page" : undefined} className={classes.tab}>
          {tab.label}
          {tab.count ? <span className={classes.count}>{tab.count}</span> : null}
        </PlainLink>
      ))}
    </nav>
  );
}
