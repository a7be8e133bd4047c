import type { MessageProvider, Outcome, OutgoingMessage, SenderAccount } from "@herald/provider";

export type SentRequest = { readonly account: SenderAccount; readonly message: OutgoingMessage };
export type FakeProvider = MessageProvider & {
  /** Every request, in the order of their beginning. */
  readonly sent: readonly SentRequest[];
};

/** Answers by script; without one every message is accepted with an id of its own. */
export function fakeProvider(script: (request: SentRequest, nth: number) => Outcome | Promise<Outcome> = acceptAll): FakeProvider {
  const sent: SentRequest[] = [];
  return {
    name: "fake",
    capabilities: { channel: "whatsapp", needsTemplate: true, echoesOpaqueId: true },
    sent,
    async send(account, message) {
      sent.push({ account, message });
      return script({ account, message }, sent.length);
    },
    parseWebhook: () => ({ kind: "unreadable", reason: "a fake provider has no webhooks" }),
    isSignatureValid: () => false,
    readSenderPlan: async () => ({
      ok: true,
      value: { capPerSecond: 80, source: "meta_default_throughput", level: "STANDARD", portfolioLimit: null },
    }),
    listTemplates: async () => ({ ok: true, value: [] }),
    close: async () => undefined,
  };
}

const acceptAll = (_request: SentRequest, nth: number): Outcome => ({ kind: "accepted", providerMessageId: `fake.${nth}`, isHeld: false });
