"use client";
import { Button } from "@herald/ui/button";
import type { Column } from "@herald/ui/columns";
import { ConnectionChip } from "@herald/ui/connection";
import { DataTable } from "@herald/ui/data-table";
import { EmptyState } from "@herald/ui/empty-state";
import { ChevronRight, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import { LiveChip } from "../../realtime/connection-chip.client.tsx";
import { useCauseWords } from "../../words/cause-words.client.ts";
import { type ListAddress, queryOf } from "./list-address.ts";
import { Moment } from "./moment.client.tsx";
import { bucketOfRow, type RecipientRow } from "./recipient-row.ts";
import { hasReason } from "./recipient-words.ts";
import classes from "./recipients.module.css";
import { StateBadge } from "./state-badge.tsx";
import { useRecipients } from "./use-recipients.client.ts";

export type RecipientListProps = {
  readonly workspaceId: string;
  readonly campaignId: string;
  readonly address: ListAddress;
  readonly rows: readonly RecipientRow[];
  readonly next: string | null;
  readonly planned: number;
  readonly atMs: number;
};

/** The recipients that an address asks for: rows move by themselves and keep their places, and whoever comes to fit moves none of those in sight. */
export function RecipientList({ workspaceId, campaignId, address, rows: firstRows, next, planned, atMs }: RecipientListProps) {
  const t = useTranslations("recipients");
  const base = useTranslations("base");
  const router = useRouter();
  const list = useRecipients(campaignId, address, { rows: firstRows, next, atMs });
  const here = `/panel/w/${workspaceId}/campaigns/${campaignId}/recipients`;
  const isNarrowed = queryOf(address) !== "";
  const columns = useColumns(list.asOfMs);
  const { rows } = list;
  return (
    <>
      <DataTable
        label={t("list")}
        columns={columns}
        rows={rows}
        rowKey={({ messageId }) => messageId}
        rowHref={({ messageId }) => `${here}/${messageId}`}
        totalCount={isNarrowed ? undefined : planned}
        hasMore={list.comesByItself}
        isLoadingMore={list.isLoadingMore}
        onNeedMore={list.loadMore}
        onShown={list.onShown}
        loadingLabel={t("loading")}
        maxBlockSize="max(24rem, calc(100dvh - 26rem))"
        empty={
          <EmptyState
            icon={<Users size={20} />}
            title={t("empty.title")}
            action={isNarrowed ? <Button onClick={() => router.replace(here, { scroll: false })}>{t("empty.clear")}</Button> : undefined}
          >
            {t(isNarrowed ? "empty.filtered" : "empty.none")}
          </EmptyState>
        }
      />
      {list.moreProblem === null ? null : (
        <ProblemState problem={list.moreProblem} action={<Button onClick={list.loadMore}>{base("tryAgain")}</Button>} />
      )}
      <p className={classes.foot}>
        <span>{list.hasMore ? t("shownMore", { count: rows.length }) : t("shown", { count: rows.length })}</span>
        <span role="status">
          {list.waiting === 0 ? null : (
            <Button size="small" onClick={list.showWaiting}>
              {t("newcomers", { count: list.waiting })}
            </Button>
          )}
        </span>
        {list.connection === "live" && !list.isWhole ? (
          <ConnectionChip state="live">{t("liveInSight")}</ConnectionChip>
        ) : (
          <LiveChip connection={list.connection} asOfMs={list.asOfMs} />
        )}
      </p>
    </>
  );
}

function useColumns(nowMs: number): readonly Column<RecipientRow>[] {
  const t = useTranslations("recipients");
  return useMemo(
    () => [
      {
        key: "person",
        header: t("columns.person"),
        width: "minmax(8rem, 1.4fr)",
        cell: (row) => row.displayName || t(row.displayName === null ? "erased" : "noName"),
      },
      { key: "phone", header: t("columns.phone"), width: "10rem", isWideOnly: true, cell: (row) => row.address ?? t("noAddress") },
      {
        key: "state",
        header: t("columns.state"),
        width: "minmax(6.75rem, max-content)",
        cell: (row) => <StateBadge bucket={bucketOfRow(row)} word={t(`buckets.${bucketOfRow(row)}`)} />,
      },
      {
        key: "reason",
        header: t("columns.reason"),
        width: "minmax(10rem, 3fr)",
        isWideOnly: true,
        cell: (row) => <Reason row={row} nowMs={nowMs} />,
      },
      {
        key: "receipt",
        header: t("columns.receipt"),
        width: "6rem",
        isWideOnly: true,
        cell: ({ receipt, state }) =>
          isReceipt(receipt) ? (
            t(`receipts.${receipt}`)
          ) : state === "accepted" ? (
            <span className={classes.faint}>{t("noReceipt")}</span>
          ) : (
            ""
          ),
      },
      {
        key: "when",
        header: t("columns.when"),
        width: "7.5rem",
        align: "end",
        isWideOnly: true,
        cell: (row) => <Moment at={row.changedAt} nowMs={nowMs} />,
      },
      {
        key: "why",
        header: t("columns.why"),
        width: "3.5rem",
        align: "end",
        cell: () => (
          <span className={classes.why}>
            {t("why")}
            <ChevronRight size={14} aria-hidden="true" />
          </span>
        ),
      },
    ],
    [t, nowMs],
  );
}

function Reason({ row, nowMs }: { readonly row: RecipientRow; readonly nowMs: number }) {
  const t = useTranslations("recipients");
  const causeWords = useCauseWords();
  const { verdict, state, code, nextAt } = row;
  if (!hasReason(verdict)) return null;
  const isRefused = code !== null && (state === "failed" || state === "deferred");
  const words = isRefused && saysLittle.has(verdict) ? causeWords(row) : t(`verdicts.${verdict}.short`);
  return (
    <span className={classes.reason}>
      {isRefused ? <span className={classes.code}>{code}</span> : null}
      {state === "deferred" && nextAt !== null ? (
        <span className={classes.faint}>
          {t.rich("dueAt", { at: momentTag(nextAt, nowMs) })}
          {" · "}
        </span>
      ) : null}
      <span className={classes.because} title={words}>
        {words}
      </span>
    </span>
  );
}

/** Of these the provider's code says more than the verdict. */
const saysLittle: ReadonlySet<RecipientRow["verdict"]> = new Set([
  "failed_late",
  "failed_row",
  "failed_ops",
  "failed_unclassified",
  "failed_other",
]);

/** A moment where the words have their place for it. */
const momentTag = (at: string, nowMs: number) =>
  function Tag() {
    return <Moment at={at} nowMs={nowMs} />;
  };

const receipts = ["sent", "undelivered", "delivered", "read", "played"] as const;
const isReceipt = (word: string | null): word is (typeof receipts)[number] => receipts.some((receipt) => receipt === word);
