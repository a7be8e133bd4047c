import { type Channels, channelInfo } from "./channels.ts";
import { HttpError } from "./http-error.ts";
import { isChannelName, limits, userChannelPrefix } from "./protocol.ts";
import type { Sockets } from "./sockets.ts";

/** An event as it comes in a REST body: fields are checked here. */
export interface EventBody {
  readonly name?: unknown;
  readonly data?: unknown;
  readonly channel?: unknown;
  readonly channels?: unknown;
  readonly socket_id?: unknown;
  readonly info?: unknown;
}

export interface CheckedEvent {
  readonly name: string;
  readonly data: string;
  readonly channels: readonly string[];
  readonly exceptSocketId: string | undefined;
  readonly info: readonly string[];
}

/** Checks an event without sending anything, so that a batch is refused as a whole. */
export function checkEvent(body: EventBody): CheckedEvent {
  const { name, data } = body;
  if (typeof name !== "string" || name === "" || data === undefined) throw new HttpError(400, "Missing required parameter: name and data");
  if (name.length > limits.eventNameLength) throw new HttpError(400, `Event name too long (max ${limits.eventNameLength} characters)`);
  const channels = Array.isArray(body.channels) ? body.channels : body.channel === undefined ? [] : [body.channel];
  if (channels.length === 0) throw new HttpError(400, "Missing required parameter: channels");
  if (channels.length > limits.channelsPerEvent)
    throw new HttpError(400, `Cannot publish to more than ${limits.channelsPerEvent} channels at once`);
  const bad = channels.find((channel) => !isChannelName(channel) && !String(channel).startsWith(userChannelPrefix));
  if (bad !== undefined) throw new HttpError(400, `Invalid channel name: ${String(bad)}`);
  const text = typeof data === "string" ? data : JSON.stringify(data);
  if (Buffer.byteLength(text) > limits.eventDataBytes) {
    throw new HttpError(413, `The data content of this event exceeds the allowed maximum (${limits.eventDataBytes} bytes)`);
  }
  const exceptSocketId = typeof body.socket_id === "string" ? body.socket_id : undefined;
  return { name, data: text, channels: channels as string[], exceptSocketId, info: wantedInfo(body.info) };
}

/** Sends a checked event; returns the counts asked for, per channel. */
export function publish(channels: Channels, sockets: Sockets, event: CheckedEvent): Record<string, Record<string, number>> {
  for (const channel of event.channels) {
    if (channel.startsWith(userChannelPrefix)) {
      for (const client of sockets.ofUser(channel.slice(userChannelPrefix.length))) client.send(event.name, event.data, channel);
    } else {
      channels.publish(channel, event.name, event.data, event.exceptSocketId);
    }
  }
  return Object.fromEntries(event.channels.map((channel) => [channel, channelInfo(channels, channel, event.info)]));
}

/** "user_count,subscription_count" as a list. */
export function wantedInfo(info: unknown): string[] {
  return typeof info === "string" && info !== "" ? info.split(",") : [];
}
