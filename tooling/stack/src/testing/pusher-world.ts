import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Pusher from "pusher";
import { within } from "../processes/wait.ts";
import { startPusherServer } from "../pusher-server/server.ts";
import { PusherClient } from "./pusher-js.ts";

const app = { appId: "app1", key: "key1", secret: "secret1" };

export interface Webhook {
  readonly headers: Record<string, unknown>;
  readonly rawBody: string;
}

export interface ClientOptions {
  /** What signs a subscription; Pusher's own library by default. */
  readonly authorise?: (socketId: string, channel: string) => { auth: string; channel_data?: string };
  readonly key?: string;
  readonly activityTimeout?: number;
}

export type Channel = ReturnType<PusherClient["subscribe"]>;

export type PresenceChannel = Channel & {
  readonly members: { count: number; me: { id: string }; get(id: string): { info: unknown } };
};

interface Bindable {
  bind(event: string, callback: (data: unknown) => void): unknown;
  unbind(event: string, callback: (data: unknown) => void): unknown;
}

export type PusherWorld = Awaited<ReturnType<typeof openPusherWorld>>;

/** A server, Pusher's own server library, any number of browser clients, and a receiver of webhooks. */
export async function openPusherWorld() {
  const webhooks: Webhook[] = [];
  const receiver = await receiveInto(webhooks);
  const server = await startPusherServer({ ...app, port: 0, webhookUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` });
  const library = (options: Partial<Pusher.Options> = {}) =>
    new Pusher({ ...app, host: "127.0.0.1", port: String(server.port), useTLS: false, ...options });
  const api = library();
  let clients: PusherClient[] = [];

  const authorise = (userId: string, socketId: string, channel: string) => {
    const member = { user_id: userId, user_info: { name: `N${userId}` } };
    return channel.startsWith("presence-") ? api.authorizeChannel(socketId, channel, member) : api.authorizeChannel(socketId, channel);
  };

  /** A browser's client, wired as the panel wires it. */
  const open = (userId: string, { authorise: own, key = app.key, ...options }: ClientOptions = {}): PusherClient => {
    const client = new PusherClient(key, {
      wsHost: "127.0.0.1",
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ["ws"],
      cluster: "x",
      enableStats: false,
      channelAuthorization: {
        transport: "ajax",
        endpoint: "",
        customHandler: ({ socketId, channelName }, callback) =>
          callback(null, own ? own(socketId, channelName) : authorise(userId, socketId, channelName)),
      },
      userAuthentication: {
        transport: "ajax",
        endpoint: "",
        customHandler: ({ socketId }, callback) => callback(null, api.authenticateUser(socketId, { id: userId })),
      },
      ...options,
    });
    clients.push(client);
    return client;
  };

  return {
    app,
    server,
    api,
    library,
    webhooks,
    open,
    async connect(userId = "u1", options: ClientOptions = {}): Promise<PusherClient> {
      const client = open(userId, options);
      await next(client.connection, "connected");
      return client;
    },
    /** Resolves when all that was sent to this client before has arrived. */
    async roundTrip(client: PusherClient): Promise<void> {
      const name = `round-trip-${Math.random().toString(36).slice(2)}`;
      const event = next(await subscribe(client, name), "e");
      await api.trigger(name, "e", 1);
      await event;
    },
    async subscriptions(channel: string): Promise<number> {
      const answer = await api.get({ path: `/channels/${channel}`, params: { info: "subscription_count" } });
      return ((await answer.json()) as { subscription_count: number }).subscription_count;
    },
    disconnectClients(): void {
      for (const client of clients) client.disconnect();
      clients = [];
    },
    async close(): Promise<void> {
      await server.close();
      receiver.close();
    },
  };
}

export async function subscribe(client: PusherClient, name: string): Promise<Channel> {
  const channel = client.subscribe(name);
  if (!channel.subscribed) await next(channel, "pusher:subscription_succeeded");
  return channel;
}

/** The next event of this name that passes the filter. */
export function next(source: Bindable, event: string, accept: (data: unknown) => boolean = () => true): Promise<unknown> {
  const arrived = new Promise((resolve) => {
    const listener = (data: unknown) => {
      if (!accept(data)) return;
      source.unbind(event, listener);
      resolve(data);
    };
    source.bind(event, listener);
  });
  return within(`the event ${event}`, 8_000, arrived);
}

/** The protocol's error code in whatever shape the client library hands it on. */
export function codeOf(error: unknown): unknown {
  const { data, error: inner } = error as { data?: { code: number }; error?: { data?: { code: number } } };
  return data?.code ?? inner?.data?.code;
}

async function receiveInto(webhooks: Webhook[]) {
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      webhooks.push({ headers: request.headers, rawBody: Buffer.concat(chunks).toString("utf8") });
      response.end();
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  return receiver;
}
