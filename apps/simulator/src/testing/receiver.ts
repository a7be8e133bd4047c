import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type ReceivedPost = { readonly raw: Buffer; readonly signature: string | undefined };
/** The parts of Meta's webhook body that tests look at. */
export type WebhookStatus = {
  readonly id: string;
  readonly status: string;
  readonly timestamp: string;
  readonly recipient_id?: string;
  readonly recipient_user_id?: string;
  readonly biz_opaque_callback_data?: string;
  readonly errors?: readonly { readonly code: number }[];
};
export type WebhookMessage = {
  readonly id: string;
  readonly from?: string;
  readonly type: string;
  readonly text?: { readonly body: string };
  readonly button?: { readonly text: string; readonly payload: string };
  readonly context?: { readonly from: string; readonly id: string };
};
export type WebhookValue = {
  readonly contacts?: readonly { readonly wa_id?: string; readonly user_id: string }[];
  readonly statuses?: readonly WebhookStatus[];
  readonly messages?: readonly WebhookMessage[];
};
export type WebhookBody = {
  readonly entry: readonly { readonly id: string; readonly changes: readonly WebhookChange[] }[];
};
export type WebhookChange = { readonly field: string; readonly value: WebhookValue };

/** A webhook receiver under the test's control: it records every POST and answers what `statusOf` says (200 unless told otherwise). */
export async function startReceiver(verifyToken = "verify-me") {
  const posts: ReceivedPost[] = [];
  const state: { statusOf: (post: ReceivedPost) => number | Promise<number> } = { statusOf: () => 200 };
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? "/", "http://receiver").searchParams;
    if (request.method === "GET") {
      const isMeta = query.get("hub.mode") === "subscribe" && query.get("hub.verify_token") === verifyToken;
      response.writeHead(isMeta ? 200 : 403).end(isMeta ? query.get("hub.challenge") : "no");
      return;
    }
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    const answer = async (): Promise<void> => {
      const post = { raw: Buffer.concat(parts), signature: request.headers["x-hub-signature-256"]?.toString() };
      posts.push(post);
      response.writeHead(await state.statusOf(post)).end();
    };
    request.on("end", () => void answer());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const changes = (): WebhookChange[] =>
    posts.flatMap((post) => (JSON.parse(post.raw.toString()) as WebhookBody).entry.flatMap((entry) => entry.changes));
  const values = (): WebhookValue[] => changes().map((change) => change.value);
  return {
    url: `http://127.0.0.1:${port}/hook`,
    posts,
    state,
    changes,
    values,
    statuses: (): WebhookStatus[] => values().flatMap((value) => value.statuses ?? []),
    messages: (): WebhookMessage[] => values().flatMap((value) => value.messages ?? []),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
