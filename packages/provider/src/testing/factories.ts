import type { FrozenTemplate, OutgoingMessage, SenderAccount } from "../message.ts";

export const anAccount = (change: Partial<SenderAccount> = {}): SenderAccount => ({
  providerNumberId: "106540352242922",
  accessToken: "a-token-of-nobody",
  ...change,
});

/** A marketing message with one positional value in its body. */
export const aMessage = (
  change: Partial<Omit<OutgoingMessage, "template">> & { readonly template?: Partial<FrozenTemplate> } = {},
): OutgoingMessage => ({
  to: { channel: "whatsapp", kind: "phone", value: "+16505551234" },
  parameters: { body: [{ name: "1", value: "Ana" }] },
  opaqueId: "1:campaign:777:1:mac",
  ...change,
  template: {
    name: "spring_sale",
    language: "en_US",
    category: "MARKETING",
    parameterFormat: "positional",
    componentsHash: "hash",
    headerKind: "none",
    ...change.template,
  },
});
