"use client";
import { ok, type Result } from "@herald/kernel";
import { useCallback, useEffect, useRef, useState } from "react";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { type Live, useLive } from "../../realtime/use-live.client.ts";
import { doorQueryOf, type ListAddress } from "./list-address.ts";
import { afterLook, type Loaded, type Look, lookThrough, type Page, renewed, withPage, withWaiting } from "./newcomers.ts";
import { pageSize, type RecipientRow } from "./recipient-row.ts";

/** More than fit on a screen; the door takes 200. */
const mostInSight = 100;

/** Rows in sight that the look did not find (they fit no longer, or it was not their turn), and down to where the reader sees. */
type Answer = { readonly look: Look; readonly others: readonly RecipientRow[]; readonly inSight: string | null };

export type Recipients = Pick<Live<unknown>, "connection" | "asOfMs" | "problem" | "refresh"> & {
  readonly rows: readonly RecipientRow[];
  /** They came to fit, and are shown when the reader asks for them. */
  readonly waiting: number;
  readonly showWaiting: () => void;
  /** All that is loaded is kept up to date; else the rows in sight, and newcomers are looked for by turns. */
  readonly isWhole: boolean;
  /** More than the rows fit, whether or not they could be had. */
  readonly hasMore: boolean;
  /** They come by themselves when the reader gets there; not after a failure, which is told instead. */
  readonly comesByItself: boolean;
  readonly isLoadingMore: boolean;
  /** The next page could not be had. */
  readonly moreProblem: DoorProblem | null;
  readonly loadMore: () => void;
  readonly onShown: (first: number, last: number) => void;
};

/**
 * A list whose order never changes. Each question looks through what is loaded for its states and for whoever came to fit, and asks for the rows
 * in sight that were not among those by their ids: they keep their places, also when they no longer fit the filter.
 */
export function useRecipients(
  campaignId: string,
  address: ListAddress,
  initial: { readonly rows: readonly RecipientRow[]; readonly next: string | null; readonly atMs: number },
): Recipients {
  const [loaded, setLoaded] = useState<Loaded>({ rows: initial.rows, waiting: [], next: initial.next });
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<DoorProblem | null>(null);
  const path = `/api/campaigns/${campaignId}/messages` as const;
  const now = useRef({ loaded, sight: [0, mostInSight - 1] as readonly [number, number] });
  /** Where the next look begins, and of whom the newest one spoke. */
  const looked = useRef({ from: null as string | null, ids: new Set(initial.rows.map(({ messageId }) => messageId)) });
  useEffect(() => {
    now.current = { ...now.current, loaded };
  }, [loaded]);

  const load = useCallback(
    async (signal: AbortSignal): Promise<Result<Answer, DoorProblem>> => {
      const { rows, waiting, next } = now.current.loaded;
      const look = await lookThrough((after, limit) => callDoor<Page>(`${path}${doorQueryOf(address, { after, limit })}`, { signal }), {
        from: looked.current.from,
        end: next,
        expected: rows.length + waiting.length,
      });
      if (!look.ok) return look;
      const ids = new Set(look.value.found.map(({ messageId }) => messageId));
      const others = rowsInSight(now.current).filter(({ messageId }) => !ids.has(messageId));
      for (const { messageId } of others) ids.add(messageId);
      const asked = others.map(({ messageId }) => messageId).join(",");
      const seen = others.length === 0 ? null : await callDoor<Page>(`${path}?limit=${mostInSight}&messageIds=${asked}`, { signal });
      if (seen?.ok === false) return seen;
      looked.current = { from: look.value.to, ids };
      return ok({ look: look.value, others: seen?.value.messages ?? [], inSight: rowsInSight(now.current).at(-1)?.contactId ?? null });
    },
    [address, path],
  );
  const live = useLive<Answer | null>({ data: null, atMs: initial.atMs }, load, campaignId);
  const [taken, setTaken] = useState(live.data);
  if (taken !== live.data) {
    setTaken(live.data);
    if (live.data !== null) {
      const { look, others, inSight } = live.data;
      setLoaded(afterLook(withRenewed(loaded, others), look, inSight));
    }
  }

  const { next } = loaded;
  const loadMore = useCallback(() => {
    if (next === null) return;
    setLoadingMore(true);
    setMoreProblem(null);
    void callDoor<Page>(`${path}${doorQueryOf(address, { after: next, limit: pageSize })}`).then((page) => {
      setLoadingMore(false);
      if (!page.ok) return setMoreProblem(page.error);
      for (const { messageId } of page.value.messages) looked.current.ids.add(messageId);
      setLoaded((before) => withPage(before, page.value));
    });
  }, [address, next, path]);

  const { connection, asOfMs, problem, refresh } = live;
  const onShown = useCallback(
    (first: number, last: number) => {
      now.current = { ...now.current, sight: [first, last] };
      // rows that no question spoke of lately are of some time ago
      if (rowsInSight(now.current).some(({ messageId }) => !looked.current.ids.has(messageId))) refresh();
    },
    [refresh],
  );
  const showWaiting = useCallback(() => setLoaded(withWaiting), []);
  return {
    rows: loaded.rows,
    waiting: loaded.waiting.length,
    showWaiting,
    isWhole: live.data === null || (live.data.look.from === null && live.data.look.to === null),
    hasMore: next !== null,
    comesByItself: next !== null && moreProblem === null,
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

const rowsInSight = ({ loaded, sight: [first, last] }: { readonly loaded: Loaded; readonly sight: readonly [number, number] }) =>
  loaded.rows.slice(first, Math.min(last + 1, first + mostInSight));

function withRenewed(loaded: Loaded, found: readonly RecipientRow[]): Loaded {
  const rows = renewed(loaded.rows, found);
  return rows === loaded.rows ? loaded : { ...loaded, rows };
}
