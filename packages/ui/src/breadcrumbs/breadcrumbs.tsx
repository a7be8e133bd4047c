import { ChevronRight } from "lucide-react";
import { Link } from "../link/link.tsx";
import classes from "./breadcrumbs.module.css";

export interface Crumb {
  readonly text: string;
  /** None for the page one is on. */
  readonly href?: string;
}

export function Breadcrumbs({ label, crumbs }: { readonly label: string; readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label={label}>
      <ol className={classes.crumbs}>
        {crumbs.map((crumb, index) => (
          <li key={crumb.href ?? crumb.text} className={classes.crumb}>
            {index > 0 ? <ChevronRight size={12} className={classes.between} aria-hidden="true" /> : null}
            {crumb.href ? (
              <Link href={crumb.href} tone="quiet">
                {crumb.text}
              </Link>
            ) : (
              <span aria-current="page" className={classes.here}>
                {crumb.text}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
