export { createConversationLog } from "./conversation-log.ts";
export { type CampaignConversationStats, type ConversationReader, createConversationReader } from "./conversation-reader.ts";
export { MongoWriteFailed } from "./failure.ts";
export { createMongo, type Mongo, type MongoOptions } from "./mongo.ts";
export { createResultOverflow } from "./result-overflow.ts";
