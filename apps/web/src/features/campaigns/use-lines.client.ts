"use client";
import { ok } from "@herald/kernel";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { callDoor } from "../../acting/call-door.ts";
import type { CampaignRow } from "../../doors/answers/campaign-list.ts";
import { type Live, useLive } from "../../realtime/use-live.client.ts";
import { type Asked, type Item, type Lines, newestLines } from "./newest-lines.ts";
import { useRenewedPage } from "./use-renewed-page.client.ts";

type Page = { readonly items: readonly Item[]; readonly attention: number; readonly atMs: number };
export type NewestLines = Pick<Live<unknown>, "connection" | "asOfMs" | "refresh"> & {
  /** The newest there is of a row. */
  readonly rowOf: (row: CampaignRow) => CampaignRow;
  /** How many campaigns of the workspace need somebody. */
  readonly needy: number;
  /** The time of the database when the newest of them were asked for. */
  readonly nowMs: number;
};

/**
 * The rows of a page as they are now: all of them are asked for in one question. Who comes to the page or leaves it is seen with the page anew, but not
 * while `isHeld`.
 */
export function useLines(workspaceId: string, { items, attention, atMs }: Page, isHeld: boolean): NewestLines {
  const rows = useMemo(() => items.flatMap((item) => ("row" in item ? [item.row] : [])), [items]);
  const ids = rows.map(({ campaignId }) => campaignId).join(",");
  // how long a page has been there is a difference of one clock, so it does not matter whether that clock is right
  const newestPage = useRef({ atMs, sinceMs: 0 });
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { atMs: pageAtMs, sinceMs } = newestPage.current;
      const nowMs = pageAtMs + performance.now() - sinceMs;
      const answer = await callDoor<Lines>(`/api/workspaces/${workspaceId}/campaigns?campaignIds=${ids}`, { signal });
      return answer.ok ? ok({ ...answer.value, pageAtMs, nowMs }) : answer;
    },
    [workspaceId, ids],
  );
  const live = useLive<(Asked & { readonly nowMs: number }) | null>({ data: null, atMs }, load, null);
  const { refresh } = live;
  useEffect(() => {
    if (atMs >= newestPage.current.atMs) newestPage.current = { atMs, sinceMs: performance.now() };
    // what happened since the database was asked for this page is told by nobody
    refresh();
  }, [atMs, refresh]);
  const newest = newestLines({ campaigns: rows, attention, atMs }, live.data);
  const newestById = useMemo(() => new Map(newest.campaigns.map((row) => [row.campaignId, row])), [newest]);
  const { connection, asOfMs } = live;
  useRenewedPage({ ids, attention, atMs, asked: live.data, ask: refresh, isTold: connection === "live", isHeld });
  return {
    rowOf: (row) => newestById.get(row.campaignId) ?? row,
    needy: newest.attention,
    nowMs: newest === live.data ? live.data.nowMs : atMs,
    connection,
    asOfMs,
    refresh,
  };
}
