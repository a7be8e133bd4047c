import type { Receipt } from "@herald/provider";
import { Schema } from "mongoose";
import { requireInFilters } from "../guard.ts";
import { schemaOptions } from "./options.ts";

/** `rank` comes first: of two receipts MongoDB's comparison finds the further one (law L9). */
export type RankedReceipt = { readonly rank: number; readonly name: Receipt };

/** One message in one direction: an attempt of ours that the provider took, or what a person wrote. A field that is not known yet is absent. */
export type MessageDocument = {
  /** `<workspaceId>:<messageKey>` */
  readonly _id: string;
  readonly workspaceId: string;
  readonly messageKey: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly contactId: string;
  readonly direction: "outbound" | "inbound";
  /** `template`, or what the provider calls the kind of an inbound message. */
  readonly type: string;
  /** Accepted or received. */
  readonly at: Date;
  readonly providerMessageId?: string;
  readonly campaignId?: string;
  readonly text?: string;
  readonly repliesToMessageKey?: string;
  readonly messageId?: string;
  readonly attempt?: number;
  readonly templateName?: string;
  readonly templateLanguage?: string;
  readonly receipt?: RankedReceipt;
  readonly sentAt?: Date;
  readonly deliveredAt?: Date;
  readonly readAt?: Date;
  readonly failedAt?: Date;
  readonly failureCode?: string;
};

const receipt = new Schema<RankedReceipt>(
  { rank: { type: Number, required: true }, name: { type: String, required: true } },
  { _id: false, strict: "throw" },
);

export const messages = new Schema<MessageDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    messageKey: { type: String, required: true },
    conversationId: { type: String, required: true },
    senderId: { type: String, required: true },
    contactId: { type: String, required: true },
    direction: { type: String, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    providerMessageId: String,
    campaignId: String,
    text: String,
    repliesToMessageKey: String,
    messageId: String,
    attempt: Number,
    templateName: String,
    templateLanguage: String,
    receipt,
    sentAt: Date,
    deliveredAt: Date,
    readAt: Date,
    failedAt: Date,
    failureCode: String,
  },
  { ...schemaOptions, collection: "messages" },
);
// A conversation read backwards, page by page.
messages.index({ workspaceId: 1, conversationId: 1, at: -1 }, { name: "thread" });
messages.index({ workspaceId: 1, campaignId: 1 }, { name: "campaign" });
requireInFilters(messages, "workspaceId");
