import { demoAccessToken } from "./seed-shop.ts";
import { demoTemplates, shop } from "./shop.ts";

/** What the simulator must know to be the provider of the shop. Secrets are made per state folder. */
export function simulatorConfig(options: {
  readonly webhookUrl: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly timeScale: number;
}): object {
  return {
    timeScale: options.timeScale,
    latency: { minMs: 60, maxMs: 180 },
    app: { appId: "1000000000000001", secret: options.appSecret, verifyToken: options.verifyToken },
    webhook: { url: options.webhookUrl },
    tokens: [{ token: demoAccessToken, wabaIds: [shop.source.wabaId] }],
    wabas: [{ wabaId: shop.source.wabaId, name: shop.source.name, businessId: shop.portfolio.providerId, subscribed: true }],
    numbers: [
      {
        phoneNumberId: shop.sender.providerNumberId,
        wabaId: shop.source.wabaId,
        displayPhoneNumber: shop.sender.displayNumber,
        verifiedName: shop.sender.verifiedName,
      },
    ],
    templates: demoTemplates.map((template) => ({
      wabaId: shop.source.wabaId,
      templateId: template.providerTemplateId,
      name: template.name,
      language: template.language,
      category: template.category,
      status: "APPROVED",
      parameterFormat: template.parameterFormat.toUpperCase(),
      components: template.components,
    })),
  };
}

/** Two in a hundred fail, half in the answer and half by webhook; one in ten replies. Who it is depends on the number alone. */
export const springSaleRules: readonly object[] = [
  { share: { from: 0, to: 0.01 }, answer: { kind: "refuse", code: 131009 } },
  { share: { from: 0.01, to: 0.02 }, receipts: { kind: "failed", code: 131026, afterSent: true } },
  { share: { from: 0, to: 0.1, salt: "replies" }, reply: { kind: "text", text: "Thanks, see you on Sunday!" } },
];

/** The spring sale as an operator composes it. */
export const springSale = (recipientListId: string) => ({
  workspaceId: shop.workspaceId,
  senderId: shop.sender.id,
  template: { name: "spring_sale", language: "en_US" },
  audience: { listIds: [recipientListId] },
  variables: {
    "body.1": { from: "field", field: "first_name", fallback: "there" },
    "body.2": { from: "field", field: "city", fallback: "our shop" },
  },
});

/** Column mapping of the demo's files. */
export const csvColumns = {
  phone: "phone",
  consent: "marketing_consent",
  field: ["first_name:first_name", "last_name:last_name", "city:city"],
} as const;
