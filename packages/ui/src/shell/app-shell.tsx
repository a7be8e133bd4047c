"use client";
import { Menu as MenuIcon } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { useLater } from "../later/use-later.ts";
import classes from "./app-shell.module.css";
import { type NavGroup, NavLink, NavList } from "./navigation.tsx";

// nobody needs it but on a phone; fetched at the first touch
const loadSheet = () => import("../dialog/dialog.tsx").then((module) => module.Dialog);
const prepareSheet = (): void => void loadSheet().catch(() => undefined);

export interface AppShellProps {
  /** Workspace and its switch: on top of the side, at the start of a phone's bar. */
  readonly workspace: ReactNode;
  readonly groups: readonly NavGroup[];
  /** At the foot of the side: the member, help. */
  readonly foot?: ReactNode;
  /** Search in the middle, connection and the like at the end. */
  readonly search?: ReactNode;
  readonly end?: ReactNode;
  /** What is down or lags, across the page. */
  readonly banner?: ReactNode;
  readonly children: ReactNode;
  readonly texts: { readonly navigation: string; readonly skip: string; readonly more: string; readonly close: string };
}

/** Side navigation, top bar, content. On a phone the side becomes a bottom bar of four, the rest behind "more". */
export function AppShell({ workspace, groups, foot, search, end, banner, children, texts }: AppShellProps) {
  const [isMoreOpen, setMoreOpen] = useState(false);
  const showSheet = useLater(
    loadSheet,
    isMoreOpen,
    useCallback(() => setMoreOpen(false), []),
  );
  const onPhone = groups.flatMap((group) => group.items).filter((item) => item.isOnPhone);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {texts.skip}
      </a>
      <aside className={classes.side}>
        <div className={classes.workspace}>{workspace}</div>
        <div className={classes.places}>
          <NavList label={texts.navigation} groups={groups} />
        </div>
        {foot ? <div className={classes.foot}>{foot}</div> : null}
      </aside>
      <div className={classes.main}>
        <header className={classes.top}>
          <div className={classes.topWorkspace}>{workspace}</div>
          <div className={classes.search}>{search}</div>
          <div className={classes.end}>{end}</div>
        </header>
        {banner}
        <main id="content" tabIndex={-1} className={classes.content}>
          {children}
        </main>
      </div>
      <nav aria-label={texts.navigation} className={classes.bottom}>
        {onPhone.map((item) => (
          <NavLink key={item.key} item={item} className={classes.bottomLink} />
        ))}
        <button
          type="button"
          className={classes.bottomLink}
          aria-haspopup="dialog"
          onPointerEnter={prepareSheet}
          onFocus={prepareSheet}
          onClick={() => setMoreOpen(true)}
        >
          <MenuIcon size={18} />
          <span>{texts.more}</span>
        </button>
      </nav>
      {showSheet?.({
        isOpen: isMoreOpen,
        onOpenChange: setMoreOpen,
        title: texts.navigation,
        closeLabel: texts.close,
        look: "sheet",
        children: (
          <>
            <NavList label={texts.navigation} groups={groups} onGo={() => setMoreOpen(false)} />
            {foot}
          </>
        ),
      })}
    </div>
  );
}
