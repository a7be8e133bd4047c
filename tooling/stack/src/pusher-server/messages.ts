import type { Channels, Member } from "./channels.ts";
import type { Client } from "./client.ts";
import { channelKind, codes, isChannelName, isEncrypted, limits, type PusherApp } from "./protocol.ts";
import { channelAuth, isSame, userAuth } from "./signature.ts";
import type { Webhooks } from "./webhooks.ts";

/** What a message may touch. */
export interface Hub {
  readonly app: PusherApp;
  readonly channels: Channels;
  readonly webhooks: Webhooks;
}

type Fields = Readonly<Record<string, unknown>>;

/** Acts on one message of a client. */
export function onMessage(hub: Hub, client: Client, text: string): void {
  const message = parseObject(text);
  if (!message || typeof message.event !== "string") return client.error(null, "Malformed message");
  const { event } = message;
  if (event.startsWith("client-")) return onClientEvent(hub, client, event, message);
  const data = typeof message.data === "string" ? parseObject(message.data) : (message.data as Fields | undefined);
  if (event === "pusher:ping") return client.send("pusher:pong", {});
  if (event === "pusher:subscribe") return onSubscribe(hub, client, data ?? {});
  if (event === "pusher:unsubscribe") return hub.channels.unsubscribe(client, String(data?.channel));
  if (event === "pusher:signin") return onSignIn(hub, client, data ?? {});
}

function onSubscribe({ app, channels }: Hub, client: Client, data: Fields): void {
  const { channel: name, auth, channel_data: channelData } = data;
  if (!isChannelName(name)) return refuse(client, String(name), 400, "Invalid channel name");
  if (client.subscriptions.has(name)) return refuse(client, name, 400, `Already subscribed to channel: ${name}`);
  const kind = channelKind(name);
  const text = typeof channelData === "string" ? channelData : undefined;
  if (kind !== "public" && !isSame(auth, channelAuth(app, client.id, name, text))) {
    client.error(codes.unauthorised, `Invalid signature for ${name}`);
    return refuse(client, name, 401, "The connection is unauthorized: invalid signature");
  }
  if (kind !== "presence") return channels.subscribe(client, name, undefined);
  const member = memberOf(text);
  if (!member) return refuse(client, name, 400, "channel_data with user_id is required for presence channels");
  const members = channels.members(name);
  if (members.length >= limits.presenceMembers && !members.includes(member.userId)) {
    return refuse(client, name, codes.limitReached, "Presence channel member limit reached");
  }
  channels.subscribe(client, name, member);
}

function refuse(client: Client, channel: string, status: number, error: string): void {
  client.sendRaw("pusher:subscription_error", { type: status === 401 ? "AuthError" : "Error", error, status }, channel);
}

function memberOf(channelData: string | undefined): Member | undefined {
  const data = channelData === undefined ? undefined : parseObject(channelData);
  const userId = data?.user_id;
  if (typeof userId !== "string" && typeof userId !== "number") return undefined;
  return { userId: String(userId), info: data?.user_info ?? {} };
}

function onSignIn({ app }: Hub, client: Client, { auth, user_data: userData }: Fields): void {
  const user = typeof userData === "string" ? parseObject(userData) : undefined;
  if (!user || !isSame(auth, userAuth(app, client.id, String(userData)))) {
    return client.close(codes.unauthorised, "Connection not authorized: invalid user signature");
  }
  client.userId = String(user.id);
  client.send("pusher:signin_success", { user_data: userData });
}

/** Clients may speak to each other on private and presence channels they are subscribed to. */
function onClientEvent({ channels, webhooks }: Hub, client: Client, event: string, { channel, data }: Fields): void {
  const reject = (reason: string) => client.error(codes.clientEventRejected, `Client event rejected: ${reason}`);
  if (!isChannelName(channel) || channelKind(channel) === "public" || isEncrypted(channel) || !client.subscriptions.has(channel)) {
    return reject("needs a subscribed private or presence channel");
  }
  if (!client.mayPublish(limits.clientEventsPerSecond)) return reject("rate limit exceeded");
  const text = typeof data === "string" ? data : JSON.stringify(data ?? null);
  if (Buffer.byteLength(text) > limits.eventDataBytes) return reject("payload too large");
  const userId = client.subscriptions.get(channel);
  for (const other of channels.subscribers(channel)) {
    if (other === client) continue;
    if (userId === undefined) other.sendRaw(event, data, channel);
    else other.send(event, data, channel, { user_id: userId });
  }
  webhooks.notify({
    name: "client_event",
    channel,
    event,
    data: text,
    socket_id: client.id,
    ...(userId === undefined ? {} : { user_id: userId }),
  });
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
