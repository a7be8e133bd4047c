import type { ConversationLog } from "@herald/campaign";
import { insertAll, upsertAll } from "./bulk-write.ts";
import type { Mongo } from "./mongo.ts";
import { conversationUpsert, deliveryEventsOf, messageUpsert } from "./projection-writes.ts";

/**
 * Conversations, messages and delivery events. Applying a projection twice, late or out of order ends in the same documents.
 * Resolves once all of it would survive the loss of a server; rejects with `MongoWriteFailed`, or with the driver's error while no server is reached.
 */
export function createConversationLog(mongo: Mongo): ConversationLog {
  return {
    async apply(projections) {
      const { messages, deliveryEvents, conversations } = await mongo.open();
      // the conversation last: what it shows as its last message is there to be opened
      await upsertAll(messages, projections.map(messageUpsert));
      await insertAll(deliveryEvents, projections.flatMap(deliveryEventsOf));
      await upsertAll(conversations, projections.map(conversationUpsert));
    },
  };
}
