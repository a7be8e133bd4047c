"use client";
import { ok, type Result } from "@herald/kernel";
import { useCallback, useEffect, useRef, useState } from "react";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { type Live, useLive } from "../../realtime/use-live.client.ts";
import { doorQueryOf, type ListAddress } from "./list-address.ts";
import { pageSize, type RecipientRow } from "./recipient-row.ts";

type Page = { readonly messages: readonly RecipientRow[]; readonly next: string | null };
/** More than fit on a screen; the door takes 200. */
const mostShown = 100;

export type Recipients = Pick<Live<unknown>, "connection" | "asOfMs" | "problem" | "refresh"> & {
  readonly rows: readonly RecipientRow[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** The next page could not be had. */
  readonly moreProblem: DoorProblem | null;
  readonly loadMore: () => void;
  readonly onShown: (first: number, last: number) => void;
};

/**
 * A list whose order never changes: the rows in sight are asked for again by their ids and keep their places, also when they no longer fit the filter.
 * A list that is shorter than a page is asked for anew as a whole, so that whoever comes to fit it appears.
 */
export function useRecipients(
  campaignId: string,
  address: ListAddress,
  initial: { readonly rows: readonly RecipientRow[]; readonly next: string | null; readonly atMs: number },
): Recipients {
  const [rows, setRows] = useState(initial.rows);
  const [next, setNext] = useState(initial.next);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<DoorProblem | null>(null);
  const path = `/api/campaigns/${campaignId}/messages` as const;
  const now = useRef({ rows, shown: [0, mostShown] as readonly [number, number] });
  useEffect(() => {
    now.current = { ...now.current, rows };
  }, [rows]);

  const load = useCallback(
    async (signal: AbortSignal): Promise<Result<readonly RecipientRow[], DoorProblem>> => {
      const { rows: known, shown } = now.current;
      const ids = known.slice(shown[0], Math.min(shown[1] + 1, shown[0] + mostShown)).map(({ messageId }) => messageId);
      const found: RecipientRow[] = [];
      if (ids.length > 0) {
        const seen = await callDoor<Page>(`${path}?limit=${mostShown}&messageIds=${ids.join(",")}`, { signal });
        if (!seen.ok) return seen;
        found.push(...seen.value.messages);
      }
      if (known.length < pageSize) {
        const whole = await callDoor<Page>(`${path}${doorQueryOf(address, { after: null, limit: pageSize })}`, { signal });
        if (!whole.ok) return whole;
        found.push(...whole.value.messages);
        if (whole.value.next !== null) setNext((before) => before ?? whole.value.next);
      }
      return ok(found);
    },
    [address, path],
  );
  const live = useLive<readonly RecipientRow[]>({ data: initial.rows, atMs: initial.atMs }, load, campaignId);
  const [taken, setTaken] = useState(live.data);
  if (taken !== live.data) {
    setTaken(live.data);
    setRows(merged(rows, live.data));
  }

  const loadMore = useCallback(() => {
    if (next === null) return;
    setLoadingMore(true);
    setMoreProblem(null);
    void callDoor<Page>(`${path}${doorQueryOf(address, { after: next, limit: pageSize })}`).then((page) => {
      setLoadingMore(false);
      if (!page.ok) return setMoreProblem(page.error);
      setRows((before) => merged(before, page.value.messages));
      setNext(page.value.next);
    });
  }, [address, next, path]);

  const onShown = useCallback((first: number, last: number) => {
    now.current = { ...now.current, shown: [first, last] };
  }, []);
  const { connection, asOfMs, problem, refresh } = live;
  return {
    rows,
    hasMore: next !== null && moreProblem === null,
    isLoadingMore,
    moreProblem,
    loadMore,
    onShown,
    connection,
    asOfMs,
    problem,
    refresh,
  };
}

/** Known rows keep their places and are renewed; new ones come where the order has them. Nothing new: the very same list. */
export function merged(before: readonly RecipientRow[], found: readonly RecipientRow[]): readonly RecipientRow[] {
  if (found.length === 0) return before;
  const foundById = new Map(found.map((row) => [row.messageId, row]));
  let hasChanged = false;
  const kept = before.map((row) => {
    const newer = foundById.get(row.messageId);
    foundById.delete(row.messageId);
    if (newer === undefined || (newer.changedAt === row.changedAt && newer.receipt === row.receipt && newer.verdict === row.verdict))
      return row;
    hasChanged = true;
    return newer;
  });
  const added = [...foundById.values()];
  if (added.length === 0) return hasChanged ? kept : before;
  return [...kept, ...added].toSorted((one, other) => (one.contactId < other.contactId ? -1 : 1));
}
