import type { ReactNode } from "react";
import { PlainLink } from "../link/link.tsx";
import classes from "./navigation.module.css";

export interface NavItem {
  readonly key: string;
  readonly text: string;
  readonly icon: ReactNode;
  readonly href: string;
  readonly isCurrent?: boolean;
  /** A number that asks for attention. */
  readonly count?: string | undefined;
  /** One of the at most four that stand in a phone's bottom bar. */
  readonly isOnPhone?: boolean;
}

export interface NavGroup {
  readonly key: string;
  readonly heading?: string;
  readonly items: readonly NavItem[];
}

/** Places to go, grouped by task. */
export function NavList({
  label,
  groups,
  onGo,
}: {
  readonly label: string;
  readonly groups: readonly NavGroup[];
  readonly onGo?: () => void;
}) {
  return (
    <nav aria-label={label} className={classes.nav}>
      {groups.map((group) => (
        <div key={group.key} className={classes.group}>
          {group.heading ? <p className={classes.heading}>{group.heading}</p> : null}
          <ul>
            {group.items.map((item) => (
              <li key={item.key}>
                <NavLink item={item} className={classes.link} {...(onGo ? { onGo } : {})} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

export function NavLink({
  item,
  className,
  onGo,
}: {
  readonly item: NavItem;
  readonly className: string | undefined;
  readonly onGo?: () => void;
}) {
  return (
    <PlainLink
      href={item.href}
      className={className}
      {...(item.isCurrent ? { "aria-current": "page" } : {})}
      {...(onGo ? { onClick: onGo } : {})}
    >
      {item.icon}
      <span className={classes.text}>{item.text}</span>
      {item.count ? <span className={classes.count}>{item.count}</span> : null}
    </PlainLink>
  );
}
