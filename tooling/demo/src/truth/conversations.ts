import mongoose from "mongoose";

export type ConversationCheck = {
  readonly messages: number;
  readonly conversations: number;
  readonly replies: number;
  /** People with two conversations, or messages stored twice: must be 0. */
  readonly repeated: number;
};

/** As many people are looked for at once. */
const batchPeople = 10_000;

/** What MongoDB holds of a campaign, read past the product's adapters. It counts itself: no more than a batch of people comes here. */
export async function readConversations(mongoUrl: string, campaignId: string): Promise<ConversationCheck> {
  const connection = await mongoose.createConnection(mongoUrl, { serverSelectionTimeoutMS: 5000 }).asPromise();
  try {
    const [messages, conversations] = [connection.collection("messages"), connection.collection("conversations")];
    const outbound = { campaignId, messageKey: /^attempt:/ };
    const grouped = (field: string) => [{ $match: outbound }, { $group: { _id: `$${field}` } }];
    const stored = await messages.countDocuments(outbound);
    const keys = await messages.aggregate<{ n: number }>([...grouped("messageKey"), { $count: "n" }], { allowDiskUse: true }).toArray();
    let [people, theirs] = [0, 0];
    let batch: unknown[] = [];
    const countBatch = async (): Promise<void> => {
      people += batch.length;
      theirs += await conversations.countDocuments({ contactId: { $in: batch } });
      batch = [];
    };
    for await (const { _id } of messages.aggregate<{ _id: unknown }>(grouped("contactId"), { allowDiskUse: true }))
      if (batch.push(_id) === batchPeople) await countBatch();
    await countBatch();
    return {
      messages: stored,
      conversations: theirs,
      replies: await messages.countDocuments({ campaignId, messageKey: /^inbound:/ }),
      repeated: theirs - people + stored - (keys[0]?.n ?? 0),
    };
  } finally {
    await connection.close();
  }
}
