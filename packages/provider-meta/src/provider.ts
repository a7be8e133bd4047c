import { seconds } from "@herald/kernel";
import type { MessageProvider, Outcome } from "@herald/provider";
import { readSendAnswer } from "./answer.ts";
import { createGraphHttp } from "./http.ts";
import { listTemplates, readSenderPlan } from "./lookups.ts";
import { buildMessage, checkAccount, type Unsendable } from "./request.ts";
import { isSignatureValid } from "./signature.ts";
import { parseWebhook } from "./webhook.ts";

export type MetaProviderConfig = {
  /** `https://graph.facebook.com`, or whatever stands in for it. */
  readonly baseUrl: string;
  /** `v26.0` when left out. Source: developers.facebook.com/docs/graph-api/changelog */
  readonly graphVersion?: string;
  /** The clock of `SendWindow.notAfterMs`; `performance.now()` on the host. */
  readonly monotonicMs: () => number;
  /** Requests at the same time, one connection each; 512 when left out. More are queued, and refused once their window is over. */
  readonly maxConnections?: number;
  /** 3 s when left out. */
  readonly connectTimeoutMs?: number;
  /** From `send` to the last byte of the answer; 20 s when left out. */
  readonly totalTimeoutMs?: number;
};

export type MetaProvider = MessageProvider & { readonly warmUp: (connections: number) => Promise<number> };

/** WhatsApp through Meta's Cloud API. One pool of connections per provider, shared by all numbers; `close` waits for what is in flight. */
export function createMetaProvider(config: MetaProviderConfig): MetaProvider {
  const version = config.graphVersion ?? "v26.0";
  const http = createGraphHttp({
    baseUrl: config.baseUrl,
    monotonicMs: config.monotonicMs,
    maxConnections: config.maxConnections ?? 512,
    connectTimeoutMs: config.connectTimeoutMs ?? seconds(3),
    totalTimeoutMs: config.totalTimeoutMs ?? seconds(20),
  });
  return {
    name: "meta",
    capabilities: { channel: "whatsapp", needsTemplate: true, echoesOpaqueId: true },
    send: async (account, message, { notAfterMs }) => {
      const sender = checkAccount(account);
      if (!sender.ok) return unsent(sender.error);
      const body = buildMessage(message);
      if (!body.ok) return unsent(body.error);
      const { providerNumberId, accessToken } = sender.value;
      const end = await http.exchange({
        method: "POST",
        path: `/${version}/${providerNumberId}/messages`,
        accessToken,
        body: body.value,
        notAfterMs,
      });
      return end.kind === "answered" ? readSendAnswer(end) : end;
    },
    parseWebhook,
    isSignatureValid,
    readSenderPlan: (account) => readSenderPlan(http, version, account),
    listTemplates: (account, wabaId) => listTemplates(http, version, account, wabaId),
    warmUp: http.warmUp,
    close: http.close,
  };
}

/** Refused by us on Meta's behalf: the answer is known, so nothing is sent to hear it. */
const unsent = ({ class: refusal, detail }: Unsendable): Outcome => ({
  kind: "refused",
  class: refusal,
  scope: refusal === "ROW" ? "message" : refusal === "NUMBER" ? "number" : "account",
  code: null,
  detail,
  retryAfterMs: null,
  maxAttempts: refusal === "ROW" ? 1 : 3,
});
