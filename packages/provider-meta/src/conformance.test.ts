import { createHmac } from "node:crypto";
import type { RefusalClass } from "@herald/provider";
import { providerConformance, type Script } from "@herald/provider/testing";
import { fixture } from "./__fixtures__/fixtures.ts";
import { type Answer, cut, type GraphServer, hang, json, startGraphServer } from "./__fixtures__/graph-server.ts";
import { createMetaProvider } from "./provider.ts";

const refusalFixtures: Readonly<Record<RefusalClass, { readonly status: number; readonly code: number }>> = {
  SOON: { status: 400, code: 130429 },
  HOURS: { status: 400, code: 131049 },
  CONTACT: { status: 400, code: 131026 },
  ROW: { status: 400, code: 100 },
  TEMPLATE: { status: 404, code: 132001 },
  NUMBER: { status: 500, code: 131045 },
  WABA: { status: 400, code: 131042 },
  TOKEN: { status: 401, code: 190 },
  OPS: { status: 400, code: 133016 },
  unclassified: { status: 400, code: 999999 },
};

const answerFixtures: Readonly<Partial<Record<number, string>>> = { 100: "refused-100-to-missing", 999999: "refused-unknown-code" };

const withId = (name: string, providerMessageId: string): string => fixture(`answers/${name}`).replace(/wamid\.\w+/, providerMessageId);

const answers: { readonly [Kind in Script["kind"]]: (script: Extract<Script, { kind: Kind }>) => Answer } = {
  accept: ({ providerMessageId }) => json(200, withId("accepted", providerMessageId)),
  hold: ({ providerMessageId }) => json(200, withId("held-for-quality", providerMessageId)),
  refuse: (script) => {
    const { status, code } = refusalFixtures[script.class];
    return json(status, fixture(`answers/${answerFixtures[code] ?? `refused-${code}`}`));
  },
  accept_then_cut: () => cut,
  hang: () => hang,
  error_without_envelope: () => json(500, "<html><body>upstream error</body></html>", { "content-type": "text/html" }),
  truncated_answer: () => json(200, withId("accepted", "wamid.cut").slice(0, -40)),
};
const answerOf = <Kind extends Script["kind"]>(script: Extract<Script, { kind: Kind }>): Answer => answers[script.kind](script);

const opaqueIdOf = (server: GraphServer): readonly (string | null)[] =>
  server.requests.map(({ body }) => (JSON.parse(body) as { biz_opaque_callback_data?: string }).biz_opaque_callback_data ?? null);

const webhook = (value: object, field = "messages", accountId = "102290129340398"): Uint8Array =>
  Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: accountId, changes: [{ field, value }] }] }));
/** Webhooks write a language with a hyphen. */
const templateRef = ({ name, language }: { readonly name: string; readonly language: string }) => ({
  message_template_id: 594425479261596,
  message_template_name: name,
  message_template_language: language.replaceAll("_", "-"),
});
const metadata = { phone_number_id: "106540352242922" };

providerConformance({
  name: "provider-meta",
  create: (options) => createMetaProvider(options),
  server: async () => {
    const server = await startGraphServer();
    return {
      baseUrl: server.baseUrl,
      answerNext: (script) => server.answerNext(answerOf(script)),
      receivedOpaqueIds: () => opaqueIdOf(server),
      bytesReceived: server.bytesReceived,
      close: server.close,
    };
  },
  deadBaseUrl: async () => {
    const server = await startGraphServer();
    await server.close();
    return server.baseUrl;
  },
  refusals: Object.keys(refusalFixtures) as readonly RefusalClass[],
  receipts: ["sent", "delivered", "read", "played"],
  webhooks: {
    receipt: ({ providerMessageId, opaqueId, receipt, failure }) =>
      webhook({
        metadata,
        statuses: [
          {
            id: providerMessageId,
            status: receipt,
            timestamp: "1750030073",
            biz_opaque_callback_data: opaqueId,
            ...(failure ? { errors: [{ code: refusalFixtures[failure].code, title: "title" }] } : {}),
          },
        ],
      }),
    inboundText: ({ providerMessageId, text }) =>
      webhook({
        metadata,
        messages: [{ id: providerMessageId, from: "16505551234", timestamp: "1750030073", type: "text", text: { body: text } }],
      }),
    account: {
      templateStatus: ({ accountId, isSendable, ...template }) =>
        webhook({ event: isSendable ? "APPROVED" : "PAUSED", ...templateRef(template) }, "message_template_status_update", accountId),
      templateCategory: ({ accountId, category, ...template }) =>
        webhook({ ...templateRef(template), previous_category: "UTILITY", new_category: category }, "template_category_update", accountId),
      templateContent: ({ accountId, ...template }) => webhook(templateRef(template), "message_template_components_update", accountId),
      numberPace: ({ accountId, displayNumber }) =>
        webhook({ display_phone_number: displayNumber, event: "THROUGHPUT_UPGRADE" }, "phone_number_quality_update", accountId),
      portfolioLimit: ({ accountId, limit }) =>
        webhook(
          { max_daily_conversations_per_business: limit === null ? "TIER_UNLIMITED" : `TIER_${limit / 1000}K` },
          "business_capability_update",
          accountId,
        ),
      accountState: ({ accountId, isRestricted }) =>
        webhook(
          { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: isRestricted ? "DISABLE" : "REINSTATE" } },
          "account_update",
          accountId,
        ),
    },
    signatureHeader: (rawBody, secret) => `sha256=${createHmac("sha256", secret).update(rawBody).digest("hex")}`,
  },
});
