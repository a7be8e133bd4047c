import { idOf } from "@herald/campaign";
import {
  type CampaignId,
  type ContactId,
  type DraftId,
  type ImportBatchId,
  type InvitationId,
  type MessageId,
  parseCampaignId,
  parseContactId,
  parseDraftId,
  parseImportBatchId,
  parseInvitationId,
  parseMessageId,
  parseSenderId,
  parseUserId,
  parseWorkspaceId,
  type SenderId,
  type UserId,
  type WorkspaceId,
} from "@herald/kernel";
import { z } from "zod";

export const workspaceId = idOf<WorkspaceId>(parseWorkspaceId, "workspace");
export const campaignId = idOf<CampaignId>(parseCampaignId, "campaign");
export const messageId = idOf<MessageId>(parseMessageId, "message");
export const contactId = idOf<ContactId>(parseContactId, "contact");

export const WorkspaceParams = z.strictObject({ workspaceId });
export const CampaignParams = z.strictObject({ campaignId });
export const ImportParams = z.strictObject({ workspaceId, importId: idOf<ImportBatchId>(parseImportBatchId, "import") });
export const MessageParams = z.strictObject({ campaignId, messageId });
export const SenderParams = z.strictObject({ workspaceId, senderId: idOf<SenderId>(parseSenderId, "sender") });
export const DraftParams = z.strictObject({ workspaceId, draftId: idOf<DraftId>(parseDraftId, "draft") });
export const MemberParams = z.strictObject({ workspaceId, userId: idOf<UserId>(parseUserId, "member") });
export const InvitationParams = z.strictObject({ workspaceId, invitationId: idOf<InvitationId>(parseInvitationId, "invitation") });
export const BlockParams = z.strictObject({ workspaceId, blockId: z.string().regex(/^[1-9][0-9]{0,17}$/) });
export const ContactParams = z.strictObject({ workspaceId, contactId });
