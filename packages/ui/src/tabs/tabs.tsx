"use client";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import classes from "./tabs.module.css";

export interface Tab {
  readonly key: string;
  readonly label: ReactNode;
  readonly count?: string;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly onChange?: ((key: string) => void) | undefined;
}

export function Tabs({ label, tabs, value, defaultValue = tabs[0]?.key, onChange }: TabsProps) {
  return (
    <Radix.Root
      {...(value === undefined ? { defaultValue: defaultValue ?? "" } : { value })}
      {...(onChange ? { onValueChange: onChange } : {})}
    >
      <Radix.List aria-label={label} className={classes.list}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.key} value={tab.key} className={classes.tab}>
            {tab.label}
            {tab.count ? <span className={classes.count}>{tab.count}</span> : null}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.key} value={tab.key} className={classes.content}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
