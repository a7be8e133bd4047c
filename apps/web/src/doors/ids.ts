import { idOf } from "@herald/campaign";
import {
  type CampaignId,
  type ContactId,
  type MessageId,
  parseCampaignId,
  parseContactId,
  parseMessageId,
  parseSenderId,
  parseWorkspaceId,
  type SenderId,
  type WorkspaceId,
} from "@herald/kernel";
import { z } from "zod";

export const workspaceId = idOf<WorkspaceId>(parseWorkspaceId, "workspace");
const campaignId = idOf<CampaignId>(parseCampaignId, "campaign");
const messageId = idOf<MessageId>(parseMessageId, "message");
export const contactId = idOf<ContactId>(parseContactId, "contact");

export const WorkspaceParams = z.strictObject({ workspaceId });
export const CampaignParams = z.strictObject({ campaignId });
export const MessageParams = z.strictObject({ campaignId, messageId });
export const SenderParams = z.strictObject({ workspaceId, senderId: idOf<SenderId>(parseSenderId, "sender") });
export const BlockParams = z.strictObject({ workspaceId, blockId: z.string().regex(/^[1-9][0-9]{0,17}$/) });
