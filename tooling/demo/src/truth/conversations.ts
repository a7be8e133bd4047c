import mongoose from "mongoose";

export type ConversationCheck = {
  readonly messages: number;
  readonly conversations: number;
  readonly replies: number;
  /** People with two conversations, or messages stored twice: must be 0. */
  readonly repeated: number;
};

/** What MongoDB holds of a campaign, read past the product's adapters. */
export async function readConversations(mongoUrl: string, campaignId: string): Promise<ConversationCheck> {
  const connection = await mongoose.createConnection(mongoUrl, { serverSelectionTimeoutMS: 5000 }).asPromise();
  try {
    const messages = connection.collection("messages");
    const outbound = await messages
      .find({ campaignId, messageKey: /^attempt:/ }, { projection: { messageKey: 1, contactId: 1 } })
      .toArray();
    const contacts = [...new Set(outbound.map((message) => String(message["contactId"])))];
    const conversations = await connection
      .collection("conversations")
      .find({ contactId: { $in: contacts } }, { projection: { contactId: 1 } })
      .toArray();
    const replies = await messages.countDocuments({ campaignId, messageKey: /^inbound:/ });
    const perContact = new Set(conversations.map((conversation) => String(conversation["contactId"])));
    const keys = new Set(outbound.map((message) => String(message["messageKey"])));
    return {
      messages: outbound.length,
      conversations: conversations.length,
      replies,
      repeated: conversations.length - perContact.size + (outbound.length - keys.size),
    };
  } finally {
    await connection.close();
  }
}
