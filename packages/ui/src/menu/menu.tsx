"use client";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { Kbd } from "../kbd/kbd.tsx";
import { PlainLink } from "../link/link.tsx";
import classes from "./menu.module.css";

export type MenuItem =
  | {
      readonly kind?: "action";
      readonly key: string;
      readonly text: string;
      readonly icon?: ReactNode;
      readonly keys?: readonly string[];
      readonly isDanger?: boolean;
      readonly isDisabled?: boolean;
      readonly isChecked?: boolean;
      readonly onSelect: () => void;
    }
  | { readonly kind: "link"; readonly key: string; readonly text: string; readonly icon?: ReactNode; readonly href: string }
  | { readonly kind: "heading"; readonly key: string; readonly text: string }
  | { readonly kind: "line"; readonly key: string };

export interface MenuProps {
  /** One button; it says what opens. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: "start" | "end";
}

export function Menu({ trigger, items, align = "start" }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  // before anything happens: what opens by an item gives the focus back to the button, not to an item that is gone by then
  const leave = (): void => button.current?.focus();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger ref={button} asChild>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={6} collisionPadding={8} className={classes.menu}>
          {items.map((item) => (
            <MenuLine key={item.key} item={item} leave={leave} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuLine({ item, leave }: { readonly item: MenuItem; readonly leave: () => void }) {
  if (item.kind === "line") return <DropdownMenu.Separator className={classes.line} />;
  if (item.kind === "heading") return <DropdownMenu.Label className={classes.heading}>{item.text}</DropdownMenu.Label>;
  if (item.kind === "link")
    return (
      <DropdownMenu.Item asChild className={classes.item}>
        <PlainLink href={item.href}>
          {item.icon}
          <span className={classes.text}>{item.text}</span>
        </PlainLink>
      </DropdownMenu.Item>
    );
  const inside = (
    <>
      {item.icon}
      <span className={classes.text}>{item.text}</span>
      {item.keys ? <Kbd keys={item.keys} /> : null}
      {item.isChecked ? <Check size={14} /> : null}
    </>
  );
  const shared = {
    className: classes.item,
    disabled: item.isDisabled ?? false,
    "data-danger": item.isDanger || undefined,
    onSelect: () => {
      leave();
      item.onSelect();
    },
  };
  return item.isChecked === undefined ? (
    <DropdownMenu.Item {...shared}>{inside}</DropdownMenu.Item>
  ) : (
    <DropdownMenu.CheckboxItem {...shared} checked={item.isChecked}>
      {inside}
    </DropdownMenu.CheckboxItem>
  );
}
