import { memo, type ReactNode } from "react";
import { PlainLink } from "../link/link.tsx";
import type { Column } from "./columns.ts";
import classes from "./data-table.module.css";

export interface TableRowProps<Row> {
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  readonly row: Row;
  readonly href: string | undefined;
  readonly rowIndex: number;
  readonly offsetPx: number;
  readonly isActive: boolean;
  readonly onPoint: (rowIndex: number) => void;
}

/** One row. Its link covers it, so that opening in a new tab works as everywhere on the web. Kept as it is while nothing of it changes: a key press moves two rows. */
export const TableRow = memo(function TableRow<Row>({ id, columns, row, href, rowIndex, offsetPx, isActive, onPoint }: TableRowProps<Row>) {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isActive}
      className={classes.row}
      data-link={href ? "" : undefined}
      style={{ transform: `translateY(${offsetPx}px)` }}
      onClick={() => onPoint(rowIndex)}
    >
      {columns.map((column, at) => {
        const content = column.cell(row);
        return (
          <div
            key={column.key}
            role="gridcell"
            title={typeof content === "string" && content !== "" ? content : undefined}
            className={classes.cell}
            data-align={column.align}
            data-wide-only={column.isWideOnly || undefined}
          >
            {at === 0 && href ? (
              <PlainLink href={href} fetchedWhen="meant" tabIndex={-1} data-row-link="" className={classes.link}>
                {content}
              </PlainLink>
            ) : (
              <span className={classes.text}>{content}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}) as <Row>(props: TableRowProps<Row>) => ReactNode;
