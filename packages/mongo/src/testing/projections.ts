import { randomUUID } from "node:crypto";
import type { InboundProjection, OutboundProjection } from "@herald/campaign";
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

/** A workspace of its own for each test, with one sender and one campaign. */
export type World = { readonly workspaceId: WorkspaceId; readonly senderId: SenderId; readonly campaignId: CampaignId };

export function aWorld(): World {
  return { workspaceId: checked(parseWorkspaceId), senderId: checked(parseSenderId), campaignId: checked(parseCampaignId) };
}

export const aContactId = (): ContactId => checked(parseContactId);

let lastMessageNo = Date.now() * 1000;
const aMessageId = (): MessageId => {
  lastMessageNo += 1;
  return parseMessageId(String(lastMessageNo)) ?? unreachable();
};

/** An attempt that the provider took at second 10, with no receipt yet. */
export function anAttempt(world: World, changes: Partial<OutboundProjection> = {}): OutboundProjection {
  const messageId = changes.messageId ?? aMessageId();
  return {
    ...world,
    kind: "outbound",
    contactId: aContactId(),
    messageKey: `attempt:${messageId}:1`,
    messageId,
    attempt: 1,
    providerMessageId: `wamid.${messageId}`,
    templateName: "order_update",
    templateLanguage: "pt_BR",
    acceptedAtMs: 10_000,
    receipt: null,
    sentAtMs: null,
    deliveredAtMs: null,
    readAtMs: null,
    failedAtMs: null,
    failureCode: null,
    ...changes,
  };
}

/** What a person wrote at second 20. */
export function aReply(world: World, changes: Partial<InboundProjection> = {}): InboundProjection {
  const providerMessageId = changes.providerMessageId ?? `wamid.${randomUUID()}`;
  return {
    ...world,
    kind: "inbound",
    contactId: aContactId(),
    messageKey: `inbound:${providerMessageId}`,
    providerMessageId,
    type: "text",
    text: "quero sim",
    receivedAtMs: 20_000,
    repliesToMessageKey: null,
    ...changes,
  };
}

function checked<Id>(parse: (text: string) => Id | null): Id {
  return parse(randomUUID()) ?? unreachable();
}

function unreachable(): never {
  throw new Error("a random id is a valid id");
}
