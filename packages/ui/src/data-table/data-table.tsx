"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import { Skeleton } from "../skeleton/skeleton.tsx";
import { type Column, tracks } from "./columns.ts";
import classes from "./data-table.module.css";
import { HeaderRow } from "./header-row.tsx";
import { movedTo } from "./keys.ts";
import { TableRow } from "./table-row.tsx";

const ROW_PX = 40;
const OVERSCAN = 12;
/** Rows that are rendered before the table has been measured. */
const FIRST_ROWS = 12;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;
const SKELETON_ROWS = 8;
/** Number of the first row below the header, as readers of the screen count. */
const FIRST_ROW = 2;

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Where a row leads; Enter and a click anywhere in the row go there. */
  readonly rowHref?: ((row: Row) => string) | undefined;
  /** All rows there are, if the server knows; the table holds only those loaded. */
  readonly totalCount?: number | undefined;
  readonly hasMore?: boolean;
  readonly isLoadingMore?: boolean;
  /** Which rows are in the page now, the last one included: those that are worth keeping up to date. */
  readonly onShown?: ((first: number, last: number) => void) | undefined;
  /** Asks for the next page by its keyset; called once per arrived page. */
  readonly onNeedMore?: (() => void) | undefined;
  readonly onSort?: ((columnKey: string) => void) | undefined;
  /** "loading" shows the table's own shape in grey; "failed" shows `failure`. */
  readonly state?: "ready" | "loading" | "failed";
  readonly loadingLabel: string;
  readonly failure?: ReactNode;
  readonly empty: ReactNode;
  /** Most height it takes before it scrolls. */
  readonly maxBlockSize?: string;
}

/**
 * A long list in rows: only what is in sight is in the page. Arrow keys, Page, Home and End move, Enter opens.
 * Sorting, filtering and paging are the server's; the table shows and asks.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowHref, totalCount, hasMore = false, isLoadingMore = false, onNeedMore, onSort } = props;
  const { onShown, state = "ready", loadingLabel, failure, empty, maxBlockSize = "36rem" } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const tableId = useId();
  const [activeIndex, setActiveIndex] = useState(-1);
  // oxlint-disable-next-line react/incompatible-library -- its answers are used in this component only, and no compiler memoises it
  const virtual = useVirtualizer({
    count: state === "ready" ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => keyAt(rows, rowKey, index),
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_PX,
    // nobody has measured the page yet where it is rendered first: rows are there from the beginning, not only once it is awake
    initialRect: { width: 0, height: ROW_PX * FIRST_ROWS },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  const firstShown = items[0]?.index ?? -1;
  useEffect(() => {
    if (firstShown >= 0) onShown?.(firstShown, lastShown);
  }, [firstShown, lastShown, onShown]);
  const askedFor = useRef<readonly Row[]>(undefined);
  useEffect(() => {
    if (!hasMore || isLoadingMore || rows.length === 0 || lastShown < rows.length - AHEAD || askedFor.current === rows) return;
    askedFor.current = rows;
    onNeedMore?.();
  }, [hasMore, isLoadingMore, lastShown, rows, onNeedMore]);

  const onPoint = useCallback((rowIndex: number) => setActiveIndex(rowIndex - FIRST_ROW), []);
  const rowId = (index: number): string => `${tableId}-${index}`;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") document.getElementById(rowId(activeIndex))?.querySelector<HTMLElement>("[data-row-link]")?.click();
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const next = movedTo(event.key, activeIndex, rows.length, pageRows);
    if (next === undefined) return;
    event.preventDefault();
    setActiveIndex(next);
    virtual.scrollToIndex(next, { align: "auto" });
  };
  const width = tracks(columns);
  return (
    <div className={classes.frame} style={{ "--wide": width.wide, "--narrow": width.narrow, "--most": maxBlockSize } as CSSProperties}>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-busy={state === "loading" || isLoadingMore || undefined}
        aria-rowcount={hasMore && totalCount === undefined ? -1 : (totalCount ?? rows.length) + 1}
        aria-colcount={columns.length}
        aria-activedescendant={items.some((item) => item.index === activeIndex) ? rowId(activeIndex) : undefined}
        className={classes.scroller}
        onKeyDown={onKeyDown}
      >
        <HeaderRow columns={columns} onSort={onSort} />
        {state === "ready" && rows.length > 0 ? (
          <div role="rowgroup" className={classes.rows} style={{ blockSize: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              return row === undefined ? null : (
                <TableRow
                  key={item.key}
                  id={rowId(item.index)}
                  columns={columns}
                  row={row}
                  href={rowHref?.(row)}
                  rowIndex={item.index + FIRST_ROW}
                  offsetPx={item.start}
                  isActive={item.index === activeIndex}
                  onPoint={onPoint}
                />
              );
            })}
          </div>
        ) : null}
        {state === "loading" || isLoadingMore ? <LoadingRows columns={columns} count={state === "loading" ? SKELETON_ROWS : 2} /> : null}
      </div>
      {state === "loading" ? <span role="status" aria-label={loadingLabel} /> : null}
      {state === "failed" ? <div className={classes.instead}>{failure}</div> : null}
      {state === "ready" && rows.length === 0 && !isLoadingMore ? <div className={classes.instead}>{empty}</div> : null}
    </div>
  );
}

function keyAt<Row>(rows: readonly Row[], rowKey: (row: Row) => string, index: number): string | number {
  const row = rows[index];
  return row === undefined ? index : rowKey(row);
}

function LoadingRows<Row>({ columns, count }: { readonly columns: readonly Column<Row>[]; readonly count: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: count }, (_, line) => (
        <div key={line} className={classes.row} data-waiting="">
          {columns.map((column, at) => (
            <span key={column.key} className={classes.cell} data-wide-only={column.isWideOnly || undefined} data-align={column.align}>
              <Skeleton inlineSize={at === 0 ? `${70 - ((line * 17) % 30)}%` : "55%"} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
