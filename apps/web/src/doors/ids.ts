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

const idOf = <Id extends string>(parse: (value: string) => Id | null, what: string) =>
  z.string().transform((value, ctx): Id => {
    const id = parse(value);
    if (id !== null) return id;
    ctx.addIssue({ code: "custom", message: `is not the id of a ${what}` });
    return z.NEVER;
  });

export const workspaceId = idOf<WorkspaceId>(parseWorkspaceId, "workspace");
const campaignId = idOf<CampaignId>(parseCampaignId, "campaign");
const messageId = idOf<MessageId>(parseMessageId, "message");
export const contactId = idOf<ContactId>(parseContactId, "contact");

export const WorkspaceParams = z.strictObject({ workspaceId });
export const CampaignParams = z.strictObject({ campaignId });
export const MessageParams = z.strictObject({ campaignId, messageId });
export const SenderParams = z.strictObject({ workspaceId, senderId: idOf<SenderId>(parseSenderId, "sender") });
export const BlockParams = z.strictObject({ workspaceId, blockId: z.string().regex(/^[1-9][0-9]{0,17}$/) });
