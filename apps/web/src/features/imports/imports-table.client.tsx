"use client";
import type { Column } from "@herald/ui/columns";
import { DataTable } from "@herald/ui/data-table";
import { Time } from "@herald/ui/time";
import { type ReactNode, useMemo } from "react";
import { useLocale, useTimeZone, useTranslations } from "use-intl";
import classes from "./imports.module.css";

export type ListedImport = {
  readonly importId: string;
  readonly fileName: string;
  readonly who: string;
  readonly createdAtMs: number;
  readonly isCancelled: boolean;
  readonly added: number;
  readonly updated: number;
  readonly refused: number;
  /** None for what was cancelled: there is nothing to see. */
  readonly href: string | undefined;
};

export function ImportsTable({ rows, empty }: { readonly rows: readonly ListedImport[]; readonly empty: ReactNode }) {
  const t = useTranslations("imports");
  const base = useTranslations("base");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const columns = useMemo(() => columnsOf(t, locale, zone), [t, locale, zone]);
  return (
    <DataTable
      label={t("tableLabel")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.importId}
      rowHref={(row) => row.href ?? ""}
      loadingLabel={base("loading")}
      empty={empty}
      maxBlockSize="none"
    />
  );
}

type Words = ReturnType<typeof useTranslations<"imports">>;

function columnsOf(t: Words, locale: string, zone: string): readonly Column<ListedImport>[] {
  const figures = new Intl.NumberFormat(locale);
  const count = (key: "added" | "updated" | "refused", isWideOnly: boolean): Column<ListedImport> => ({
    key,
    header: t(`columns.${key}`),
    width: "4.25rem",
    align: "end",
    isWideOnly,
    cell: (row) => (row.isCancelled ? "" : figures.format(row[key])),
  });
  return [
    {
      key: "file",
      header: t("columns.file"),
      width: "minmax(6rem, 3fr)",
      cell: (row) => (row.isCancelled ? cancelled(t, row) : row.fileName),
    },
    { key: "by", header: t("columns.by"), width: "minmax(8rem, 2fr)", isWideOnly: true, cell: (row) => row.who },
    { key: "when", header: t("columns.when"), width: "7.25rem", cell: (row) => timeOf(row, locale, zone) },
    count("added", true),
    count("updated", true),
    count("refused", false),
  ];
}

const timeOf = (row: ListedImport, locale: string, zone: string): ReactNode => <Time atMs={row.createdAtMs} locale={locale} zone={zone} />;

const cancelled = (t: Words, row: ListedImport): ReactNode => (
  <span className={classes.cancelled}>
    <span>{row.fileName}</span>
    <span>
      {t("cancelledRow")}
      <span className={classes.wideOnly}>{t("cancelledMeans")}</span>
    </span>
  </span>
);
