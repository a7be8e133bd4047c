import type { CampaignId, ContactId, DraftId, MessageId, SenderId, TemplateId, UserId, WorkspaceId } from "@herald/kernel";

const uuid = (kind: string, number: number): string => `00000000-0000-4000-8000-${kind}${String(number).padStart(11, "0")}`;

export const aWorkspaceId = (number = 1): WorkspaceId => uuid("1", number) as WorkspaceId;
export const aSenderId = (number = 1): SenderId => uuid("2", number) as SenderId;
export const aCampaignId = (number = 1): CampaignId => uuid("3", number) as CampaignId;
export const aContactId = (number = 1): ContactId => uuid("4", number) as ContactId;
export const aTemplateId = (number = 1): TemplateId => uuid("5", number) as TemplateId;
export const aMessageId = (number = 1): MessageId => String(number) as MessageId;
export const aDraftId = (number = 1): DraftId => uuid("6", number) as DraftId;
export const aUserId = (number = 1): UserId => uuid("7", number) as UserId;
