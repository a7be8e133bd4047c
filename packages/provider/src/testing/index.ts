export { providerConformance } from "./conformance.ts";
export { aMessage, anAccount } from "./factories.ts";
export type { ProviderOptions, ProviderUnderTest, Script, ScriptedServer, WebhookHooks } from "./under-test.ts";
