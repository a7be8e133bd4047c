import { setTimeout as sleep } from "node:timers/promises";
import type { MessageRow, TruthSummary } from "../simulator.ts";

/** One business with two templates; what most tests configure. */
export const demo = {
  token: "token-1",
  appSecret: "app-secret",
  wabaId: "2000000000000001",
  phoneNumberId: "4000000000000001",
  otherPhoneNumberId: "4000000000000002",
  config: {
    seed: 7,
    timeScale: 0,
    app: { secret: "app-secret" },
    webhook: { lingerMs: 0, retryBaseMs: 5, retryMaxMs: 20 },
    tokens: [{ token: "token-1" }, { token: "expired", expiresAtMs: 1 }, { token: "elsewhere", wabaIds: ["2999999999999999"] }],
    wabas: [{ wabaId: "2000000000000001", name: "Demo shop" }],
    numbers: [
      { phoneNumberId: "4000000000000001", wabaId: "2000000000000001", displayPhoneNumber: "+15550783881", capPerSecond: 100_000 },
      { phoneNumberId: "4000000000000002", wabaId: "2000000000000001", displayPhoneNumber: "+919810000000" },
    ],
    templates: [
      {
        wabaId: "2000000000000001",
        name: "order_update",
        language: "en_US",
        category: "UTILITY",
        components: [
          { type: "BODY", text: "Hi {{1}}, order {{2}} is on its way." },
          { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Thanks" }] },
        ],
      },
      { wabaId: "2000000000000001", name: "resting", language: "en_US", status: "PAUSED", components: [{ type: "BODY", text: "Hello" }] },
    ],
  },
};

/** Whatever a door answered; `body` is text when it was not JSON. Tests name the shape they expect. */
export type Reply<Body = unknown> = { readonly status: number; readonly body: Body };
export type SendBody = {
  readonly contacts: readonly { readonly input: string; readonly wa_id?: string; readonly user_id?: string }[];
  readonly messages: readonly { readonly id: string; readonly message_status?: string }[];
};

/** A plain client of the simulator: the Graph call a product would make, and the control and truth doors. */
export function clientOf(baseUrl: string) {
  const call = async <Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<Body>> => {
    const response = await fetch(baseUrl + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  };
  const graph = <Body>(method: string, path: string, body?: unknown, token: string = demo.token) =>
    call<Body>(method, `/v26.0${path}`, body, { authorization: `Bearer ${token}` });
  const summary = async () => (await call<TruthSummary>("GET", "/_truth/summary")).body;
  return {
    call,
    graph,
    post: <Body = unknown>(body: unknown, phoneNumberId: string = demo.phoneNumberId) =>
      graph<Body>("POST", `/${phoneNumberId}/messages`, body),
    send: (to: string, opaqueId: string) => graph<SendBody>("POST", `/${demo.phoneNumberId}/messages`, templateTo(to, opaqueId)),
    control: <Body = unknown>(method: string, door: string, body?: unknown) => call<Body>(method, `/_control/${door}`, body),
    configure: (patch: unknown) => call("PATCH", "/_control/config", patch),
    script: (...rules: unknown[]) => call("PUT", "/_control/scenario", { rules }),
    summary,
    /** Waits until nothing is left to answer or to tell. */
    idle: (deadlineMs?: number) => until("the simulator is idle", async () => (await summary()).queueEmpty, deadlineMs),
    message: async (opaqueId: string) => (await call<{ rows: MessageRow[] }>("GET", `/_truth/messages?opaqueId=${opaqueId}`)).body.rows[0],
  };
}

export type Client = ReturnType<typeof clientOf>;

export const templateTo = (to: string, opaqueId: string) => ({
  messaging_product: "whatsapp",
  recipient_type: "individual",
  to,
  type: "template",
  biz_opaque_callback_data: opaqueId,
  template: {
    name: "order_update",
    language: { code: "en_US" },
    components: [
      {
        type: "body",
        parameters: [
          { type: "text", text: "Ana" },
          { type: "text", text: "42" },
        ],
      },
      { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "THANKS" }] },
    ],
  },
});

/** Polls until the condition holds; throws what it waited for after the deadline. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, deadlineMs = 5000): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`waited ${deadlineMs} ms in vain until ${what}`);
    await sleep(5);
  }
}
