import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type { Receipt } from "@herald/provider";
import type { Mongo } from "../mongo.ts";

/** What MongoDB knows of one campaign, counted by attempt. */
export type CampaignConversationStats = {
  readonly outbound: number;
  readonly inbound: number;
  /** Conversations in which the campaign has a message. */
  readonly conversations: number;
  /** Messages of the campaign whose conversation is missing: 0, or a projection was cut short and must be applied again. */
  readonly withoutConversation: number;
  /** Outbound messages by how far they came; without a receipt they count as `none`. */
  readonly receipts: Readonly<Partial<Record<Receipt | "none", number>>>;
  readonly failed: number;
  readonly deliveryEvents: number;
};
export type ConversationReader = {
  readonly campaignStats: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<CampaignConversationStats>;
};

type MessageGroup = {
  readonly _id: { readonly direction: string; readonly receipt?: Receipt | null; readonly isFailed: boolean };
  readonly count: number;
};
type ConversationGroup = { readonly _id: boolean; readonly conversations: number; readonly messages: number };

/** Reads for reconciling and for reports of tools; each is bounded by one campaign's index. */
export function createConversationReader(mongo: Mongo): ConversationReader {
  return {
    async campaignStats(workspaceId, campaignId) {
      const { messages, deliveryEvents } = await mongo.open();
      const ofCampaign = { $match: { workspaceId, campaignId } };
      const groups = await messages.aggregate<MessageGroup>([
        ofCampaign,
        {
          $group: {
            _id: { direction: "$direction", receipt: "$receipt.name", isFailed: { $gt: ["$failedAt", null] } },
            count: { $sum: 1 },
          },
        },
      ]);
      const conversationGroups = await messages.aggregate<ConversationGroup>([
        ofCampaign,
        { $group: { _id: "$conversationId", messages: { $sum: 1 } } },
        { $lookup: { from: "conversations", localField: "_id", foreignField: "_id", as: "found" } },
        { $group: { _id: { $gt: [{ $size: "$found" }, 0] }, conversations: { $sum: 1 }, messages: { $sum: "$messages" } } },
      ]);
      return {
        ...tally(groups),
        conversations: conversationGroups.find(({ _id: isFound }) => isFound)?.conversations ?? 0,
        withoutConversation: conversationGroups.find(({ _id: isFound }) => !isFound)?.messages ?? 0,
        deliveryEvents: await deliveryEvents.countDocuments({ workspaceId, campaignId }),
      };
    },
  };
}

function tally(groups: readonly MessageGroup[]): Pick<CampaignConversationStats, "outbound" | "inbound" | "receipts" | "failed"> {
  const receipts: Partial<Record<Receipt | "none", number>> = {};
  let [outbound, inbound, failed] = [0, 0, 0];
  for (const { _id: group, count } of groups) {
    if (group.direction === "inbound") {
      inbound += count;
      continue;
    }
    outbound += count;
    if (group.isFailed) failed += count;
    const receipt = group.receipt ?? "none";
    receipts[receipt] = (receipts[receipt] ?? 0) + count;
  }
  return { outbound, inbound, failed, receipts };
}
