export type { ConnectionConfig } from "./connect/config.ts";
export { GrantAnswerLost, isUnavailable } from "./connect/errors.ts";
export { createEngine, type Engine, type EngineConfig, type OutboxLag } from "./engine.ts";
export type { AuditEntry, AuditPort } from "./verbs/audit.ts";
export type { VerbPorts } from "./verbs/ctx.ts";
export {
  type IdempotencyConflict,
  type IdempotencyInProgress,
  type IdempotencyPort,
  type IdempotentAnswer,
  type IdempotentRequest,
  withIdempotency,
} from "./verbs/idempotency.ts";
export { createVerbs, type Membership, type Verbs } from "./verbs/verbs.ts";
export { createDoor, type WebhookDoor } from "./webhook/door.ts";
export type { ProvidersByName } from "./webhook/projection-feed.ts";
