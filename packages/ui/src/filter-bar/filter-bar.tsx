"use client";
import { ChevronDown, X } from "lucide-react";
import type { ReactNode } from "react";
import { Menu, type MenuItem } from "../menu/menu.tsx";
import classes from "./filter-bar.module.css";

export interface FilterChipProps {
  readonly name: string;
  /** What it is set to; none: all. */
  readonly value?: string | undefined;
  readonly items: readonly MenuItem[];
  readonly clearLabel: string;
  readonly onClear: () => void;
}

/** One filter: its name, its value, a menu to choose, a cross to clear. */
export function FilterChip({ name, value, items, clearLabel, onClear }: FilterChipProps) {
  return (
    <span className={classes.chip} data-set={value !== undefined || undefined}>
      <Menu
        items={items}
        trigger={
          <button type="button" className={classes.trigger}>
            <span>{name}</span>
            {value === undefined ? <ChevronDown size={14} /> : <span className={classes.value}>{value}</span>}
          </button>
        }
      />
      {value === undefined ? null : (
        <button type="button" className={classes.clear} aria-label={clearLabel} onClick={onClear}>
          <X size={14} />
        </button>
      )}
    </span>
  );
}

/** Filters in a row; at the end what belongs to the view (saved views, a count). */
export function FilterBar({ label, children, end }: { readonly label: string; readonly children: ReactNode; readonly end?: ReactNode }) {
  return (
    <div role="group" aria-label={label} className={classes.bar}>
      <div className={classes.chips}>{children}</div>
      {end ? <div className={classes.end}>{end}</div> : null}
    </div>
  );
}
