"use client";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import dialog from "../dialog/dialog.module.css";
import { Hidden } from "../hidden/hidden.tsx";
import { Kbd } from "../kbd/kbd.tsx";
import classes from "./palette.module.css";

export interface PaletteItem {
  readonly key: string;
  readonly text: string;
  /** Other words people would type for it. */
  readonly keywords?: readonly string[];
  readonly detail?: string;
  readonly icon?: ReactNode;
  readonly keys?: readonly string[];
  readonly onSelect: () => void;
}

export interface PaletteGroup {
  readonly key: string;
  readonly heading: string;
  readonly items: readonly PaletteItem[];
}

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly label: string;
  readonly placeholder: string;
  readonly emptyText: ReactNode;
  readonly groups: readonly PaletteGroup[];
  /** Given when results come from the server: what is typed, as it is typed. Items are then shown unfiltered. */
  readonly onSearch?: ((text: string) => void) | undefined;
  /** What was typed before the palette was there. */
  readonly typed?: string | undefined;
}

/** Everything one can go to or do, by typing. Opens over the page, closes with what was chosen. */
export function Palette({ isOpen, onOpenChange, label, placeholder, emptyText, groups, onSearch, typed = "" }: PaletteProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialog.scrim} />
        <Dialog.Content className={classes.palette} aria-describedby={undefined}>
          <Dialog.Title asChild>
            <div>
              <Hidden>{label}</Hidden>
            </div>
          </Dialog.Title>
          <Command label={label} loop shouldFilter={onSearch === undefined}>
            <div className={classes.search}>
              <Search size={16} aria-hidden="true" />
              <Input placeholder={placeholder} typed={typed} onSearch={onSearch} />
            </div>
            <Command.List className={classes.list} label={label}>
              <Command.Empty className={classes.empty}>{emptyText}</Command.Empty>
              {groups.map((group) => (
                <Command.Group key={group.key} heading={group.heading} className={classes.group}>
                  {group.items.map((item) => (
                    <Command.Item
                      key={item.key}
                      value={item.key}
                      keywords={[item.text, item.detail ?? "", ...(item.keywords ?? [])]}
                      className={classes.item}
                      onSelect={() => {
                        onOpenChange(false);
                        item.onSelect();
                      }}
                    >
                      {item.icon}
                      <span className={classes.text}>{item.text}</span>
                      {item.detail ? <span className={classes.detail}>{item.detail}</span> : null}
                      {item.keys ? <Kbd keys={item.keys} /> : null}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Lives while the palette is open: the next search begins anew. */
function Input({ placeholder, typed, onSearch }: { readonly typed: string } & Pick<PaletteProps, "placeholder" | "onSearch">) {
  const [text, setText] = useState(typed);
  const search = (now: string): void => {
    setText(now);
    onSearch?.(now);
  };
  return <Command.Input className={classes.input} placeholder={placeholder} value={text} onValueChange={search} />;
}
