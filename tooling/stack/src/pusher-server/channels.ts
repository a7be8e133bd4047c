import type { Client } from "./client.ts";
import { channelKind, isCache } from "./protocol.ts";
import type { WebhookEvent } from "./webhooks.ts";

export interface Member {
  readonly userId: string;
  readonly info: unknown;
}

interface Channel {
  readonly subscribers: Set<Client>;
  /** Presence: users, each with the number of its connections. */
  readonly members: Map<string, { readonly info: unknown; connections: number }>;
  lastEvent: { readonly event: string; readonly data: string } | undefined;
}

/** Who is subscribed to what. Channels exist while somebody is subscribed. */
export class Channels {
  readonly #channels = new Map<string, Channel>();
  readonly #notify: (event: WebhookEvent) => void;

  constructor(notify: (event: WebhookEvent) => void) {
    this.#notify = notify;
  }

  subscribe(client: Client, name: string, member: Member | undefined): void {
    const channel = this.#channels.get(name) ?? this.#occupy(name);
    if (member) this.#join(name, channel, member);
    channel.subscribers.add(client);
    client.subscriptions.set(name, member?.userId);
    client.send("pusher_internal:subscription_succeeded", member ? { presence: roster(channel) } : {}, name);
    if (isCache(name)) this.#replay(client, name, channel);
  }

  unsubscribe(client: Client, name: string): void {
    const channel = this.#channels.get(name);
    if (!channel || !client.subscriptions.has(name)) return;
    const userId = client.subscriptions.get(name);
    client.subscriptions.delete(name);
    channel.subscribers.delete(client);
    if (userId !== undefined) this.#leave(name, channel, userId);
    if (channel.subscribers.size > 0) return;
    this.#channels.delete(name);
    this.#notify({ name: "channel_vacated", channel: name });
  }

  /** Sends an event of the REST API to a channel's subscribers, but not to the connection that caused it. */
  publish(name: string, event: string, data: string, exceptSocketId: string | undefined): void {
    const channel = this.#channels.get(name);
    if (!channel) return;
    if (isCache(name)) channel.lastEvent = { event, data };
    for (const client of channel.subscribers) if (client.id !== exceptSocketId) client.send(event, data, name);
  }

  subscribers(name: string): ReadonlySet<Client> {
    return this.#channels.get(name)?.subscribers ?? new Set();
  }

  members(name: string): string[] {
    return [...(this.#channels.get(name)?.members.keys() ?? [])];
  }

  names(prefix: string): string[] {
    return [...this.#channels.keys()].filter((name) => name.startsWith(prefix));
  }

  #occupy(name: string): Channel {
    const channel: Channel = { subscribers: new Set(), members: new Map(), lastEvent: undefined };
    this.#channels.set(name, channel);
    this.#notify({ name: "channel_occupied", channel: name });
    return channel;
  }

  #join(name: string, channel: Channel, { userId, info }: Member): void {
    const known = channel.members.get(userId);
    if (known) {
      known.connections++;
      return;
    }
    channel.members.set(userId, { info, connections: 1 });
    for (const client of channel.subscribers) client.send("pusher_internal:member_added", { user_id: userId, user_info: info }, name);
    this.#notify({ name: "member_added", channel: name, user_id: userId });
  }

  #leave(name: string, channel: Channel, userId: string): void {
    const known = channel.members.get(userId);
    if (!known || --known.connections > 0) return;
    channel.members.delete(userId);
    for (const client of channel.subscribers) client.send("pusher_internal:member_removed", { user_id: userId }, name);
    this.#notify({ name: "member_removed", channel: name, user_id: userId });
  }

  #replay(client: Client, name: string, { lastEvent }: Channel): void {
    if (lastEvent) return client.send(lastEvent.event, lastEvent.data, name);
    client.send("pusher:cache_miss", undefined, name);
    this.#notify({ name: "cache_miss", channel: name });
  }
}

function roster({ members }: Channel) {
  return {
    count: members.size,
    ids: [...members.keys()],
    hash: Object.fromEntries([...members].map(([userId, { info }]) => [userId, info])),
  };
}

/** Counts a REST caller may ask for, by their names in `info`. */
export function channelInfo(channels: Channels, name: string, wanted: readonly string[]): Record<string, number> {
  return {
    ...(wanted.includes("user_count") && channelKind(name) === "presence" ? { user_count: channels.members(name).length } : {}),
    ...(wanted.includes("subscription_count") ? { subscription_count: channels.subscribers(name).size } : {}),
  };
}
