import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MessageProvider } from "../provider.ts";
import type { ProviderEvent } from "../webhook.ts";
import { accountConformance } from "./account-conformance.ts";
import type { AccountHooks, ProviderUnderTest } from "./under-test.ts";

const providerMessageId = "wamid.conformance";
const opaqueId = "1:campaign:777:1:mac";

/** What the provider posts back is proven to be the provider's, and read without ever failing. */
export function webhookConformance(subject: ProviderUnderTest): void {
  const { webhooks } = subject;
  let provider: MessageProvider;
  beforeAll(async () => {
    provider = subject.create({ baseUrl: await subject.deadBaseUrl(), monotonicMs: () => 0, totalTimeoutMs: 1000 });
  });
  afterAll(() => provider.close());

  const eventsOf = (rawBody: Uint8Array): readonly ProviderEvent[] => {
    const parsed = provider.parseWebhook(rawBody);
    return parsed.kind === "events" ? parsed.groups.flatMap((group) => group.events) : [];
  };

  describe("signatures", () => {
    const rawBody = subject.webhooks.inboundText({ providerMessageId, text: "hi" });

    test("the current and the previous secret are accepted", () => {
      expect(provider.isSignatureValid(rawBody, webhooks.signatureHeader(rawBody, "current"), ["current", "previous"])).toBe(true);
      expect(provider.isSignatureValid(rawBody, webhooks.signatureHeader(rawBody, "previous"), ["current", "previous"])).toBe(true);
    });

    test("another secret, another body, no secret and no header are refused", () => {
      const header = webhooks.signatureHeader(rawBody, "current");
      const changed = rawBody.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
      expect(provider.isSignatureValid(rawBody, header, ["other"])).toBe(false);
      expect(provider.isSignatureValid(changed, header, ["current"])).toBe(false);
      expect(provider.isSignatureValid(rawBody, header, [])).toBe(false);
      expect(provider.isSignatureValid(rawBody, null, ["current"])).toBe(false);
    });

    test("an empty secret signs for nobody", () => {
      expect(provider.isSignatureValid(rawBody, webhooks.signatureHeader(rawBody, ""), [""])).toBe(false);
    });

    test("no header makes the check throw", () => {
      const isRefused = (header: string) => !provider.isSignatureValid(rawBody, header, ["current"]);
      expect(fc.check(fc.property(fc.string(), isRefused))).toMatchObject({ failed: false });
    });
  });

  describe("webhooks", () => {
    test.each(subject.receipts)("a %s names its message and our attempt", (receipt) => {
      const [event] = eventsOf(webhooks.receipt({ providerMessageId, opaqueId, receipt }));
      expect(event).toMatchObject({ kind: "receipt", providerMessageId, opaqueId, receipt, failure: null });
    });

    test.each(subject.refusals)("a failure of class %s is told as such", (failure) => {
      const [event] = eventsOf(webhooks.receipt({ providerMessageId, opaqueId, receipt: "failed", failure }));
      expect(event).toMatchObject({ kind: "receipt", providerMessageId, receipt: "failed", failure: { class: failure } });
    });

    test("an inbound text tells who wrote what", () => {
      const [event] = eventsOf(webhooks.inboundText({ providerMessageId, text: "Does it come in red?" }));
      expect(event).toMatchObject({ kind: "inbound", providerMessageId, text: "Does it come in red?" });
      expect(event?.kind === "inbound" && event.from.length).toBeGreaterThan(0);
    });

    if (webhooks.account !== undefined) accountConformance(webhooks.account, eventsOf);

    const strange: readonly (readonly [string, fc.Arbitrary<Uint8Array>])[] = [
      ["bytes of any kind", fc.uint8Array({ maxLength: 200 })],
      ["JSON of any kind", fc.json().map(asciiBytes)],
      ["an inbound message with a part replaced", damaged(webhooks.inboundText({ providerMessageId, text: "hi" }))],
      ["a receipt with a part replaced", damaged(webhooks.receipt({ providerMessageId, opaqueId, receipt: "failed" }))],
      ...damagedAccountEvents(webhooks.account),
    ];
    test.each(strange)("the parser never throws at %s", (_what, rawBodies) => {
      const isParsed = (rawBody: Uint8Array) => ["events", "unreadable"].includes(provider.parseWebhook(rawBody).kind);
      expect(fc.check(fc.property(rawBodies, isParsed), { numRuns: 300 })).toMatchObject({ failed: false });
    });
  });
}

function damagedAccountEvents(account: AccountHooks | undefined): readonly (readonly [string, fc.Arbitrary<Uint8Array>])[] {
  if (account === undefined) return [];
  const template = { accountId: "1", name: "spring_sale", language: "en_US" };
  return [
    ["a template's status with a part replaced", damaged(account.templateStatus({ ...template, isSendable: false }))],
    ["a template's category with a part replaced", damaged(account.templateCategory({ ...template, category: "UTILITY" }))],
    ["a number's event with a part replaced", damaged(account.numberPace({ accountId: "1", displayNumber: "15550783881" }))],
    ["an account's restriction with a part replaced", damaged(account.accountState({ accountId: "1", isRestricted: true }))],
  ];
}

function asciiBytes(text: string): Uint8Array {
  const escaped = text.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return Uint8Array.from(escaped, (char) => char.charCodeAt(0));
}

/** A webhook in which any one value, at any depth, is any other. */
function damaged(sample: Uint8Array): fc.Arbitrary<Uint8Array> {
  const body: unknown = JSON.parse(String.fromCharCode(...sample));
  return fc.tuple(fc.nat(), fc.jsonValue()).map(([place, value]) => asciiBytes(JSON.stringify(replacedAt(body, place, value))));
}

/** A copy whose nth node, counted from the root and wrapping round, is another value. */
function replacedAt(root: unknown, place: number, value: unknown): unknown {
  let left = place % countNodes(root);
  const copy = (node: unknown): unknown => {
    left -= 1;
    if (left === -1) return value;
    if (Array.isArray(node)) return node.map(copy);
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, copy(item)]));
  };
  return copy(root);
}

function countNodes(node: unknown): number {
  if (node === null || typeof node !== "object") return 1;
  return Object.values(node).reduce((sum: number, item: unknown) => sum + countNodes(item), 1);
}
