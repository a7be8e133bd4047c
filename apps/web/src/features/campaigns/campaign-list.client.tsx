"use client";
import { RowFrame } from "@herald/ui/rows";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useWantedAddress } from "../../acting/use-wanted-address.client.ts";
import { LiveChip } from "../../realtime/connection-chip.client.tsx";
import { CampaignRow } from "./campaign-row.client.tsx";
import classes from "./campaigns.module.css";
import { DraftRow } from "./draft-row.client.tsx";
import { type ListAddress, queryOf } from "./list-address.ts";
import { type Choices, ListFilters } from "./list-filters.client.tsx";
import type { Item } from "./newest-lines.ts";
import type { Reader } from "./reader.ts";
import { SavedViews } from "./saved-views.client.tsx";
import { useLines } from "./use-lines.client.ts";

export type CampaignListProps = {
  readonly items: readonly Item[];
  readonly attention: number;
  /** When the database was asked for them, by its clock. */
  readonly atMs: number;
  readonly reader: Reader;
  readonly address: ListAddress;
  readonly choices: Choices;
};

/** Saved views, filters and rows. */
export function CampaignList({ items, attention, atMs, reader, address, choices }: CampaignListProps) {
  const t = useTranslations("campaigns");
  const [isAsking, setAsking] = useState(false);
  const { wanted, isPending, choose, linkTo } = useWantedAddress(
    address,
    (next) => `/panel/w/${reader.workspaceId}/campaigns${queryOf(next)}`,
  );
  const { rowOf, needy, nowMs, connection, asOfMs, refresh } = useLines(
    reader.workspaceId,
    { items, attention, atMs },
    // whoever is new comes to the first page
    isPending || isAsking || address.after !== null,
  );
  return (
    <>
      <div className={classes.viewsLine}>
        <SavedViews address={wanted} linkTo={linkTo} attention={needy} />
        <LiveChip connection={connection} asOfMs={asOfMs} />
      </div>
      <ListFilters address={wanted} onChoose={choose} linkTo={linkTo} {...choices} />
      {items.length > 0 ? (
        <section aria-label={t("list")}>
          <RowFrame as="ul">
            {items.map((item) =>
              "row" in item ? (
                <CampaignRow
                  key={item.row.campaignId}
                  row={rowOf(item.row)}
                  reader={reader}
                  nowMs={nowMs}
                  onMoved={refresh}
                  onAsking={setAsking}
                />
              ) : (
                <DraftRow key={item.draft.draftId} draft={item.draft} reader={reader} nowMs={nowMs} />
              ),
            )}
          </RowFrame>
        </section>
      ) : null}
    </>
  );
}
