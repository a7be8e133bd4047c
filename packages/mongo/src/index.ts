export { createConversationLog } from "./conversation-log.ts";
export { createMongo } from "./mongo.ts";
export { createResultOverflow, overflowPutDeadlineMs } from "./result-overflow.ts";
