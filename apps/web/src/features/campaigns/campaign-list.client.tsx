"use client";
import type { DraftFacts } from "@herald/campaign";
import { useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { callDoor } from "../../acting/call-door.ts";
import type { CampaignRow as Row } from "../../doors/answers/campaign-list.ts";
import { LiveChip } from "../../realtime/connection-chip.client.tsx";
import { useLive } from "../../realtime/use-live.client.ts";
import { CampaignRow } from "./campaign-row.client.tsx";
import classes from "./campaigns.module.css";
import { DraftRow } from "./draft-row.client.tsx";
import type { ListAddress } from "./list-address.ts";
import type { Reader } from "./reader.ts";
import { SavedViews } from "./saved-views.client.tsx";

/** In the order of the page, which stays put while the figures move. */
export type Item = { readonly row: Row } | { readonly draft: DraftFacts };
type Lines = { readonly campaigns: readonly Row[]; readonly attention: number };

export type CampaignListProps = {
  readonly items: readonly Item[];
  readonly attention: number;
  readonly atMs: number;
  readonly reader: Reader;
  readonly address: ListAddress;
  readonly children: React.ReactNode;
};

/** Saved views, filters (as children) and rows; all visible rows are asked for in one question. */
export function CampaignList({ items, attention, atMs, reader, address, children }: CampaignListProps) {
  const t = useTranslations("campaigns");
  const { workspaceId } = reader;
  const initial = useMemo(() => items.flatMap((item) => ("row" in item ? [item.row] : [])), [items]);
  const ids = initial.map(({ campaignId }) => campaignId).join(",");
  const load = useCallback(
    (signal: AbortSignal) => callDoor<Lines>(`/api/workspaces/${workspaceId}/campaigns?campaignIds=${ids}`, { signal }),
    [workspaceId, ids],
  );
  const live = useLive<Lines>({ data: { campaigns: initial, attention }, atMs }, load, null);
  // what the server just rendered may be newer than the last question, and names rows that it did not ask for
  const isNewer = atMs > live.asOfMs;
  const now = new Map((isNewer ? [] : live.data.campaigns).map((row) => [row.campaignId, row]));
  const nowMs = isNewer ? atMs : live.asOfMs;
  return (
    <>
      <div className={classes.viewsLine}>
        <SavedViews workspaceId={workspaceId} address={address} attention={isNewer ? attention : live.data.attention} />
        <LiveChip connection={live.connection} asOfMs={nowMs} />
      </div>
      {children}
      {items.length > 0 ? (
        <section aria-label={t("list")}>
          <ul className={classes.frame}>
            {items.map((item) =>
              "row" in item ? (
                <CampaignRow
                  key={item.row.campaignId}
                  row={now.get(item.row.campaignId) ?? item.row}
                  reader={reader}
                  nowMs={nowMs}
                  onMoved={live.refresh}
                />
              ) : (
                <DraftRow key={item.draft.draftId} draft={item.draft} reader={reader} nowMs={nowMs} />
              ),
            )}
          </ul>
        </section>
      ) : null}
    </>
  );
}
