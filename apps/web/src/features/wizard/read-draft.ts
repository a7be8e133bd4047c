import { parseDraftId } from "@herald/kernel";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { Member } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import type { DraftContent } from "./model/draft-content.ts";
import type { SavedDraft } from "./model/draft-store.ts";

export type StoredDraft = { readonly draftId: string; readonly saved: SavedDraft; readonly launchedCampaignId: string | null };
type Row = {
  readonly id: string;
  readonly name: string;
  readonly content: DraftContent;
  readonly version: number;
  readonly updated_at: string;
  readonly updated_by: string | null;
  readonly launched_campaign_id: string | null;
};

/** A draft of the workspace; one that is unknown, foreign or misspelt answers alike: null. */
const findDraft = cache(async (member: Member, draftInPath: string): Promise<StoredDraft | null> => {
  const draftId = parseDraftId(draftInPath);
  if (draftId === null) return null;
  const rows: readonly Row[] = rowsOf(
    await member.db
      .from("campaign_drafts")
      .select("id, name, content, version, updated_at, updated_by, launched_campaign_id")
      .eq("workspace_id", member.workspaceId)
      .eq("id", draftId),
  );
  const [row] = rows;
  if (!row) return null;
  return {
    draftId: row.id,
    saved: {
      name: row.name,
      content: row.content,
      version: row.version,
      updatedAtMs: Date.parse(row.updated_at),
      updatedBy: row.updated_by,
    },
    launchedCampaignId: row.launched_campaign_id,
  };
});

export async function readDraft(member: Member, draftInPath: string): Promise<StoredDraft> {
  return (await findDraft(member, draftInPath)) ?? notFound();
}

/** A draft that this person began and never wrote into: "New campaign" goes back to it instead of leaving a second one behind. */
export async function findUntouchedDraft(member: Member): Promise<string | null> {
  const rows: readonly { readonly id: string }[] = rowsOf(
    await member.db
      .from("campaign_drafts")
      .select("id")
      .eq("workspace_id", member.workspaceId)
      .eq("created_by", member.userId)
      .eq("name", "")
      .is("content->>template", null)
      .is("content->>audience", null)
      .is("content->>offer", null)
      .is("content->>schedule", null)
      .is("launched_campaign_id", null)
      .order("created_at", { ascending: false })
      .limit(1),
  );
  return rows[0]?.id ?? null;
}
