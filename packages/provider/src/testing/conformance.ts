import { describe } from "vitest";
import { sendConformance } from "./send-conformance.ts";
import type { ProviderUnderTest } from "./under-test.ts";
import { webhookConformance } from "./webhook-conformance.ts";

/** What every adapter owes the engine, whoever the provider is. Called at the top of an adapter's own test file. */
export function providerConformance(subject: ProviderUnderTest): void {
  describe(`${subject.name} keeps the provider contract`, () => {
    sendConformance(subject);
    webhookConformance(subject);
  });
}
