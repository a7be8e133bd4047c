import { CircleAlert, Clock, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./live.module.css";

const icons = { neutral: Clock, warn: TriangleAlert, bad: OctagonX, decide: CircleAlert } as const;

/** What happened, what it means, what to do: in that order, with the buttons last. */
export function NeedItem({
  tone,
  title,
  meaning,
  children,
  actions,
}: {
  readonly tone: keyof typeof icons;
  readonly title: ReactNode;
  readonly meaning: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={classes.need} data-tone={tone}>
      <Icon size={16} aria-hidden="true" className={classes.needIcon} />
      <div className={classes.needBody}>
        <h3 className={classes.needTitle}>{title}</h3>
        <p className={classes.needMeaning}>{meaning}</p>
        {children ? <div>{children}</div> : null}
        {actions ? <div className={classes.needActions}>{actions}</div> : null}
      </div>
    </div>
  );
}
