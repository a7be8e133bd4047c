import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "../button/button.tsx";
import classes from "./pagination.module.css";

export interface PaginationProps {
  readonly label: string;
  /** Addresses with the keyset in them; none at an end. */
  readonly previousHref?: string | undefined;
  readonly nextHref?: string | undefined;
  readonly previousText: string;
  readonly nextText: string;
  /** What is shown: "51–100 of 4,812". */
  readonly children?: ReactNode;
}

/** Page by page over a keyset: only forth and back, as numbers of pages would be a lie in a list that moves. */
export function Pagination({ label, previousHref, nextHref, previousText, nextText, children }: PaginationProps) {
  return (
    <nav aria-label={label} className={classes.pagination}>
      <span className={classes.range}>{children}</span>
      {previousHref === undefined ? null : (
        <ButtonLink href={previousHref} size="small" icon={<ChevronLeft size={14} className={classes.arrow} />}>
          {previousText}
        </ButtonLink>
      )}
      {nextHref === undefined ? null : (
        <ButtonLink href={nextHref} size="small" iconEnd={<ChevronRight size={14} className={classes.arrow} />}>
          {nextText}
        </ButtonLink>
      )}
    </nav>
  );
}
