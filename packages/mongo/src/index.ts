export { createConversationLog } from "./conversation-log.ts";
export { createMongo } from "./mongo.ts";
export { createResultOverflow } from "./result-overflow.ts";
