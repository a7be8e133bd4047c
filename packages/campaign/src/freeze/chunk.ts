import type { Address, CampaignId, WorkspaceId } from "@herald/kernel";
import type { RecipientParameters } from "@herald/provider";

export const maxChunkEntries = 1000;
export const maxChunkBytes = 900_000;
export const maxEntryBytes = 64_000;

/** What one recipient will be sent, frozen at launch (law L8). */
export type ChunkEntry = { readonly to: Address; readonly parameters: RecipientParameters };
export type EntryTooLarge = { readonly type: "entry_too_large"; readonly contactId: string; readonly maxBytes: number };
export type Chunk = { readonly chunkNo: number; readonly entries: readonly ChunkEntry[] };

/** An entry as it will be stored, written once: the same text is measured, cut and kept. `bytes` are those of UTF-8. */
export type FrozenEntry = { readonly json: string; readonly bytes: number };
/** A chunk as it will be stored: `json` is the list of its entries. */
export type FrozenChunk = { readonly chunkNo: number; readonly entryCount: number; readonly json: string };

/** Postgres is the truth; Redis in front of it is a cache that may be missing or down. */
export type ChunkStore = {
  readonly read: (workspaceId: WorkspaceId, campaignId: CampaignId, chunkNo: number) => Promise<Chunk | null>;
};
export type ChunkCache = ChunkStore & {
  readonly put: (workspaceId: WorkspaceId, campaignId: CampaignId, chunk: Chunk) => Promise<void>;
};
