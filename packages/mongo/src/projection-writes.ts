import type { InboundProjection, OutboundProjection, Projection } from "@herald/campaign";
import { receipts } from "@herald/provider";
import type { Upsert } from "./bulk-write.ts";
import type { ConversationDocument } from "./schemas/conversations.ts";
import type { DeliveryEvent, DeliveryEventDocument } from "./schemas/delivery-events.ts";
import type { MessageDocument, RankedReceipt } from "./schemas/messages.ts";

/*
 * Each projection becomes upserts by fixed ids, made of operators whose order does not matter: `$setOnInsert` and `$set` of what never changes,
 * `$min` of first times, `$max` of what moves forward. So applying is idempotent and commutative, and needs no read before it.
 */

export function messageUpsert(projection: Projection): Upsert<MessageDocument> {
  return projection.kind === "outbound" ? outboundUpsert(projection) : inboundUpsert(projection);
}

function outboundUpsert(projection: OutboundProjection): Upsert<MessageDocument> {
  return {
    _id: messageIdOf(projection),
    workspaceId: projection.workspaceId,
    update: {
      $setOnInsert: {
        ...placeOf(projection),
        direction: "outbound",
        type: "template",
        campaignId: projection.campaignId,
        messageId: projection.messageId,
        attempt: projection.attempt,
        templateName: projection.templateName,
        templateLanguage: projection.templateLanguage,
      },
      $set: known({ providerMessageId: projection.providerMessageId, failureCode: projection.failureCode }),
      $min: { at: new Date(projection.acceptedAtMs), ...stageTimes(projection, (event) => `${event}At` as const) },
      $max: known({ receipt: projection.receipt === null ? null : ranked(projection.receipt) }),
    },
  };
}

function inboundUpsert(projection: InboundProjection): Upsert<MessageDocument> {
  return {
    _id: messageIdOf(projection),
    workspaceId: projection.workspaceId,
    update: {
      $setOnInsert: {
        ...placeOf(projection),
        direction: "inbound",
        type: projection.type,
        providerMessageId: projection.providerMessageId,
        ...known({ text: projection.text }),
      },
      $set: known({ campaignId: projection.campaignId, repliesToMessageKey: projection.repliesToMessageKey }),
      $min: { at: new Date(projection.receivedAtMs) },
    },
  };
}

/**
 * MongoDB compares documents field by field in their order, so `$max` of a document that begins with its time keeps the latest message
 * as a whole: no two fields of it ever come from two messages.
 */
export function conversationUpsert(projection: Projection): Upsert<ConversationDocument> {
  const isOutbound = projection.kind === "outbound";
  const at = new Date(isOutbound ? projection.acceptedAtMs : projection.receivedAtMs);
  return {
    _id: conversationIdOf(projection),
    workspaceId: projection.workspaceId,
    update: {
      $setOnInsert: { senderId: projection.senderId, contactId: projection.contactId },
      $min: { firstMessageAt: at },
      $max: {
        lastMessage: {
          at,
          messageKey: projection.messageKey,
          direction: projection.kind,
          type: isOutbound ? "template" : projection.type,
          text: isOutbound ? null : projection.text,
          templateName: isOutbound ? projection.templateName : null,
          campaignId: projection.campaignId,
        },
      },
    },
  };
}

/** The ledger keeps the first time of each stage, so an event never changes once it is known. */
export function deliveryEventsOf(projection: Projection): readonly DeliveryEventDocument[] {
  if (projection.kind === "inbound") return [];
  const { workspaceId, campaignId, messageKey } = projection;
  const timesByEvent = Object.entries(stageTimes(projection, (event) => event)) as [DeliveryEvent, Date][];
  return timesByEvent.map(([event, at]) => ({
    _id: `${messageIdOf(projection)}:${event}`,
    workspaceId,
    campaignId,
    messageKey,
    event,
    at,
  }));
}

const messageIdOf = ({ workspaceId, messageKey }: Projection): string => `${workspaceId}:${messageKey}`;
const conversationIdOf = ({ workspaceId, senderId, contactId }: Projection): string => `${workspaceId}:${senderId}:${contactId}`;

function placeOf(projection: Projection): Pick<MessageDocument, "messageKey" | "conversationId" | "senderId" | "contactId"> {
  const { messageKey, senderId, contactId } = projection;
  return { messageKey, conversationId: conversationIdOf(projection), senderId, contactId };
}

/** The stages of its way that an attempt is known to have reached, each with its time, under a name made of the stage's. */
function stageTimes<Name extends string>(
  projection: OutboundProjection,
  nameOf: (event: DeliveryEvent) => Name,
): Partial<Record<Name, Date>> {
  const times: readonly (readonly [DeliveryEvent, number | null])[] = [
    ["sent", projection.sentAtMs],
    ["delivered", projection.deliveredAtMs],
    ["read", projection.readAtMs],
    ["failed", projection.failedAtMs],
  ];
  const reached = times.flatMap(([event, atMs]) => (atMs === null ? [] : [[nameOf(event), new Date(atMs)] as const]));
  return Object.fromEntries(reached) as Partial<Record<Name, Date>>;
}

function ranked(name: string): RankedReceipt {
  const rank = receipts.findIndex((receipt) => receipt === name);
  const receipt = receipts[rank];
  if (receipt === undefined) throw new Error(`"${name}" is not a receipt of the provider contract`);
  return { rank, name: receipt };
}

/** Without the fields that nobody knows yet: they must not overwrite what somebody knew before. */
function known<Fields extends Readonly<Record<string, unknown>>>(fields: Fields): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [Key in keyof Fields]?: NonNullable<Fields[Key]>;
  };
}
