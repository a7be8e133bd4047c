export { providerConformance } from "./conformance.ts";
export { aMessage, anAccount } from "./factories.ts";
export type { Script } from "./under-test.ts";
