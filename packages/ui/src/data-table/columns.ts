import type { ReactNode } from "react";

export interface Column<Row> {
  readonly key: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** A grid track: "minmax(12rem, 2fr)", "6rem". */
  readonly width: string;
  readonly align?: "start" | "end";
  /** Given when the server can sort by it; the order itself is the server's. */
  readonly sorted?: "ascending" | "descending" | "none";
  /** Left out below 40rem of table width: a phone shows what one acts on. */
  readonly isWideOnly?: boolean;
}

/** `grid-template-columns` for a wide and a narrow table. */
export function tracks<Row>(columns: readonly Column<Row>[]): { readonly wide: string; readonly narrow: string } {
  const join = (some: readonly Column<Row>[]): string => some.map((column) => column.width).join(" ");
  return { wide: join(columns), narrow: join(columns.filter((column) => !column.isWideOnly)) };
}
