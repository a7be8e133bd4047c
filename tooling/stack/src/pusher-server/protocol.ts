/** Names and limits of Pusher Channels: https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/ */

export interface PusherApp {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
}

export const limits = {
  eventDataBytes: 10_240,
  eventNameLength: 200,
  channelsPerEvent: 100,
  eventsPerBatch: 10,
  presenceMembers: 100,
  clientEventsPerSecond: 10,
  requestBytes: 4 * 1024 * 1024,
  /** How far a REST request's timestamp may be from ours, in seconds. */
  clockSkewSeconds: 600,
} as const;

/** Codes the server closes or complains with; 4000–4099: do not reconnect, 4200–4299: reconnect at once. */
export const codes = {
  unknownApp: 4001,
  limitReached: 4004,
  badProtocolVersion: 4007,
  noProtocolVersion: 4008,
  unauthorised: 4009,
  pongMissing: 4201,
  clientEventRejected: 4301,
} as const;

export type ChannelKind = "public" | "private" | "presence";

/** Prefix of the private channel that carries events for one signed-in user. */
export const userChannelPrefix = "#server-to-user-";

export function isChannelName(name: unknown): name is string {
  return typeof name === "string" && /^[A-Za-z0-9_\-=@,.;]{1,164}$/.test(name);
}

export function channelKind(name: string): ChannelKind {
  if (name.startsWith("presence-")) return "presence";
  return name.startsWith("private-") ? "private" : "public";
}

/** Only subscribers can read it, so the server cannot let clients publish to it. */
export function isEncrypted(name: string): boolean {
  return name.startsWith("private-encrypted-");
}

/** Keeps its last event for late subscribers. */
export function isCache(name: string): boolean {
  return /^(private-encrypted-|private-|presence-)?cache-/.test(name);
}
