declare const brand: unique symbol;

/** A string that was checked once and carries its meaning in its type. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

export type WorkspaceId = Branded<string, "WorkspaceId">;
export type UserId = Branded<string, "UserId">;
export type SenderId = Branded<string, "SenderId">;
export type CampaignId = Branded<string, "CampaignId">;
export type DraftId = Branded<string, "DraftId">;
export type ContactId = Branded<string, "ContactId">;
export type TemplateId = Branded<string, "TemplateId">;
export type ImportBatchId = Branded<string, "ImportBatchId">;
export type RecipientListId = Branded<string, "RecipientListId">;
export type InvitationId = Branded<string, "InvitationId">;
/** A row of the ledger: what we owe one recipient. A Postgres bigint kept as text, so it never loses digits. */
export type MessageId = Branded<string, "MessageId">;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const bigint = /^[1-9][0-9]{0,18}$/;

const uuidParser =
  <Id extends string>() =>
  (value: string): Id | null =>
    uuid.test(value) ? (value as Id) : null;

export const parseWorkspaceId = uuidParser<WorkspaceId>();
export const parseUserId = uuidParser<UserId>();
export const parseSenderId = uuidParser<SenderId>();
export const parseCampaignId = uuidParser<CampaignId>();
export const parseDraftId = uuidParser<DraftId>();
export const parseTemplateId = uuidParser<TemplateId>();
export const parseContactId = uuidParser<ContactId>();
export const parseImportBatchId = uuidParser<ImportBatchId>();
export const parseRecipientListId = uuidParser<RecipientListId>();
export const parseInvitationId = uuidParser<InvitationId>();
export const parseMessageId = (value: string): MessageId | null => (bigint.test(value) ? (value as MessageId) : null);
