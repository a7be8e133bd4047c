import { randomUUID } from "node:crypto";
import type { Chunk } from "@herald/campaign";
import { type CampaignId, parseCampaignId, parseWorkspaceId, type WorkspaceId } from "@herald/kernel";

export function aCampaign(): { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId } {
  const workspaceId = parseWorkspaceId(randomUUID());
  const campaignId = parseCampaignId(randomUUID());
  if (workspaceId === null || campaignId === null) throw new Error("a random id is a valid id");
  return { workspaceId, campaignId };
}

export function aChunk(chunkNo: number, entries = 2): Chunk {
  return {
    chunkNo,
    entries: Array.from({ length: entries }, (_, index) => ({
      to: { channel: "whatsapp", kind: "phone", value: `+55119${String(index).padStart(8, "0")}` },
      parameters: { body: [{ name: "1", value: `Zoë ${index} 👋` }] },
    })),
  };
}
