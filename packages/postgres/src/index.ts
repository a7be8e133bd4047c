export { isUnavailable } from "./connect/errors.ts";
export { createEngine, type Engine, type EngineConfig } from "./engine.ts";
export type { VerbPorts } from "./verbs/ctx.ts";
export { type IdempotentRequest, withIdempotency } from "./verbs/idempotency.ts";
export { createVerbs, type Verbs } from "./verbs/verbs.ts";
export { createDoor, type WebhookDoor } from "./webhook/door.ts";
