import { Schema } from "mongoose";
import { requireInFilters } from "../guard.ts";
import { schemaOptions } from "./options.ts";

/** Its first field decides which of two is the later one; see `conversationUpsert`. */
export type LastMessage = {
  readonly at: Date;
  readonly messageKey: string;
  readonly direction: "outbound" | "inbound";
  readonly type: string;
  readonly text: string | null;
  readonly templateName: string | null;
  readonly campaignId: string | null;
};
/** One person talking with one sender. */
export type ConversationDocument = {
  /** `<workspaceId>:<senderId>:<contactId>` */
  readonly _id: string;
  readonly workspaceId: string;
  readonly senderId: string;
  readonly contactId: string;
  readonly firstMessageAt: Date;
  readonly lastMessage: LastMessage;
};

// The order of the fields is the order in which MongoDB compares two of them.
const lastMessage = new Schema<LastMessage>(
  {
    at: { type: Date, required: true },
    messageKey: { type: String, required: true },
    direction: { type: String, required: true },
    type: { type: String, required: true },
    text: String,
    templateName: String,
    campaignId: String,
  },
  { _id: false, strict: "throw" },
);

export const conversations = new Schema<ConversationDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    senderId: { type: String, required: true },
    contactId: { type: String, required: true },
    firstMessageAt: { type: Date, required: true },
    lastMessage: { type: lastMessage, required: true },
  },
  { ...schemaOptions, collection: "conversations" },
);
// The inbox: a workspace's conversations, the latest first.
conversations.index({ workspaceId: 1, "lastMessage.at": -1, _id: -1 }, { name: "inbox" });
requireInFilters(conversations, "workspaceId");
