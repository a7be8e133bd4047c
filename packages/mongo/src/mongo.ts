import mongoose, { type Connection, type Model } from "mongoose";
import { type ConversationDocument, conversations } from "./schemas/conversations.ts";
import { crossStoreOutbox, type OverflowDocument } from "./schemas/cross-store-outbox.ts";
import { type DeliveryEventDocument, messageDeliveryEvents } from "./schemas/delivery-events.ts";
import { type MessageDocument, messages } from "./schemas/messages.ts";

export type MongoOptions = {
  /** Names the database: `mongodb://…/herald`. */
  readonly url: string;
  /** How long an operation waits for a server that can take it. */
  readonly serverSelectionTimeoutMs?: number;
};

export type Models = {
  readonly conversations: Model<ConversationDocument>;
  readonly messages: Model<MessageDocument>;
  readonly deliveryEvents: Model<DeliveryEventDocument>;
  readonly overflow: Model<OverflowDocument>;
};

/** One connection pool with its models; nothing of it is global. */
export type Mongo = {
  /** The models, once a server was reached. Rejects while none is; the next call tries again. */
  readonly open: () => Promise<Models>;
  /** At boot, before the first write. Does nothing when they exist. */
  readonly ensureIndexes: () => Promise<void>;
  /** False when MongoDB does not answer within the deadline. */
  readonly isReachable: (deadlineMs: number) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** A write that was acknowledged survives the loss of a server: most members have it in their journals. */
const durable = { w: "majority", journal: true, wtimeoutMS: 10_000 } as const;
/** An operation on a server that fell silent ends at last. */
const socketTimeoutMs = 20_000;

/** Opens nothing yet. An application may start while MongoDB is away, and finds it when it is back. */
export function createMongo({ url, serverSelectionTimeoutMs = 5000 }: MongoOptions): Mongo {
  const connection = mongoose.createConnection();
  const models = defineModels(connection);
  let opening: Promise<unknown> | null = null;

  // mongoose gives up for good when the first connection fails; later losses are the driver's to mend.
  const open = async (): Promise<Models> => {
    opening ??= connection
      .openUri(url, {
        serverSelectionTimeoutMS: serverSelectionTimeoutMs,
        socketTimeoutMS: socketTimeoutMs,
        writeConcern: durable,
        appName: "herald",
      })
      .catch((error: unknown) => {
        opening = null;
        throw error;
      });
    await opening;
    return models;
  };

  return {
    open,
    async ensureIndexes() {
      await open();
      for (const model of Object.values(models)) await model.createIndexes();
    },
    async isReachable(deadlineMs) {
      const { promise: deadline, resolve } = Promise.withResolvers<false>();
      const timer = setTimeout(() => resolve(false), deadlineMs);
      const ping = open().then(async () => (await connection.db?.admin().command({ ping: 1 }))?.["ok"] === 1);
      try {
        return await Promise.race([ping.catch(() => false), deadline]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => connection.destroy(),
  };
}

function defineModels(connection: Connection): Models {
  return {
    conversations: connection.model<ConversationDocument>("Conversation", conversations),
    messages: connection.model<MessageDocument>("Message", messages),
    deliveryEvents: connection.model<DeliveryEventDocument>("DeliveryEvent", messageDeliveryEvents),
    overflow: connection.model<OverflowDocument>("Overflow", crossStoreOutbox),
  };
}
