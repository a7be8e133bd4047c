"use client";
import { Badge } from "@herald/ui/badge";
import { Button, ButtonLink } from "@herald/ui/button";
import type { Column } from "@herald/ui/columns";
import { DataTable } from "@herald/ui/data-table";
import { EmptyState } from "@herald/ui/empty-state";
import { Time } from "@herald/ui/time";
import { Users } from "lucide-react";
import { usePathname } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { useLocale, useTimeZone, useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import { useAct } from "../../acting/use-act.client.ts";
import type { ContactRow } from "../../doors/answers/people.ts";
import { ConsentBadge } from "./consent-badge.tsx";
import classes from "./contacts.module.css";
import { type Filters, queryOf } from "./filters.ts";

type Page = { readonly contacts: readonly ContactRow[]; readonly next: string | null };
const shownTags = 2;

/** The people that a filter names, a page of 100 at a time as one scrolls. */
export function ContactTable({
  workspaceId,
  filters,
  first,
  totalCount,
}: {
  readonly workspaceId: string;
  readonly filters: Filters;
  readonly first: Page;
  readonly totalCount: number | undefined;
}) {
  const t = useTranslations("contacts");
  const path = usePathname();
  const columns = useColumns();
  const { rows, hasMore, isLoading, hasFailed, loadMore } = usePages(workspaceId, filters, first);
  return (
    <>
      <DataTable
        label={t("table")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.contactId}
        rowHref={(row) => `/panel/w/${workspaceId}/contacts/${row.contactId}`}
        totalCount={totalCount}
        hasMore={hasMore}
        isLoadingMore={isLoading}
        onNeedMore={loadMore}
        loadingLabel={t("loading")}
        maxBlockSize="calc(100dvh - 15rem)"
        empty={
          <EmptyState icon={<Users size={20} />} title={t("noMatch.title")} action={<ButtonLink href={path}>{t("clearAll")}</ButtonLink>}>
            {t("noMatch.text")}
          </EmptyState>
        }
      />
      {hasFailed ? (
        <p className={classes.again}>
          {t("loadMoreFailed")} <Button onClick={loadMore}>{t("loadMore")}</Button>
        </p>
      ) : null}
    </>
  );
}

function usePages(workspaceId: string, filters: Filters, first: Page) {
  const { isBusy, act } = useAct();
  const [{ contacts: rows, next }, setPages] = useState(first);
  const [hasFailed, setFailed] = useState(false);
  const loadMore = useCallback(() => {
    if (next === null) return;
    const query = queryOf(filters);
    const path = `/api/workspaces/${workspaceId}/contacts${query}${query === "" ? "?" : "&"}after=${next}` as const;
    void act(() => callDoor<Page>(path)).then((page) => {
      setFailed(page === null);
      if (page) setPages((before) => ({ contacts: [...before.contacts, ...page.contacts], next: page.next }));
    });
  }, [act, filters, next, workspaceId]);
  return { rows, hasMore: next !== null, isLoading: isBusy, hasFailed, loadMore };
}

function useColumns(): readonly Column<ContactRow>[] {
  const t = useTranslations("contacts");
  const zone = useTimeZone() ?? "UTC";
  const locale = useLocale();
  return useMemo((): readonly Column<ContactRow>[] => {
    const regions = new Intl.DisplayNames(locale, { type: "region" });
    return [
      {
        key: "person",
        header: t("columns.person"),
        width: "minmax(0, 3fr)",
        cell: (row) => (row.displayName === "" ? <span className={classes.faint}>{t("noName")}</span> : row.displayName),
      },
      {
        key: "phone",
        header: t("columns.phone"),
        width: "minmax(7.5rem, 2fr)",
        cell: (row) => <span className={classes.figures}>{row.address?.value ?? t("noAddress")}</span>,
      },
      {
        key: "country",
        header: t("columns.country"),
        width: "minmax(0, 2fr)",
        isWideOnly: true,
        cell: (row) => (row.country ? regions.of(row.country) : ""),
      },
      { key: "tags", header: t("columns.tags"), width: "minmax(0, 3fr)", isWideOnly: true, cell: (row) => <Tags tags={row.tags} /> },
      {
        key: "consent",
        header: t("columns.consent"),
        width: "6.75rem",
        cell: (row) => <ConsentBadge consent={row.consent} word={t(`consent.${row.consent}`)} />,
      },
      {
        key: "added",
        header: t("columns.added"),
        width: "6.5rem",
        align: "end",
        isWideOnly: true,
        cell: (row) => <Time atMs={Date.parse(row.addedAt)} locale={locale} zone={zone} look="date" />,
      },
    ];
  }, [t, zone, locale]);
}

function Tags({ tags }: { readonly tags: readonly string[] }) {
  const t = useTranslations("contacts");
  return (
    <span className={classes.tagsInRow} title={tags.join(", ")}>
      {tags.slice(0, shownTags).map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {tags.length > shownTags ? <span className={classes.faint}>{t("moreTags", { count: tags.length - shownTags })}</span> : null}
    </span>
  );
}
