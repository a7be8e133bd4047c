import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { Column } from "./columns.ts";
import classes from "./data-table.module.css";

const ARROWS = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown } as const;

export function HeaderRow<Row>({
  columns,
  onSort,
}: {
  readonly columns: readonly Column<Row>[];
  readonly onSort: ((columnKey: string) => void) | undefined;
}) {
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.row} data-head="">
        {columns.map((column) => {
          const Arrow = ARROWS[column.sorted ?? "none"];
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-sort={column.sorted}
              className={classes.cell}
              data-align={column.align}
              data-wide-only={column.isWideOnly || undefined}
            >
              {column.sorted && onSort ? (
                <button type="button" className={classes.sort} data-sorted={column.sorted} onClick={() => onSort(column.key)}>
                  {column.header}
                  <Arrow size={12} aria-hidden="true" />
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
