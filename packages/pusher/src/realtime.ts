import type { Realtime, RealtimeEvent } from "@herald/campaign";
import Pusher from "pusher";
import { channelOf, workspaceOfChannel } from "./channel.ts";
import { Coalescer } from "./coalescer.ts";

export type PusherOptions = {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
  /** `api-<cluster>.pusher.com`, or a server of the same protocol. */
  readonly host: string;
  readonly port: number;
  readonly useTls: boolean;
  /** For a log line and a metric: publishing itself never rejects. */
  readonly onFailure: (failure: PublishFailure) => void;
};
export type PublishFailure = {
  readonly events: number;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
};
export type PusherRealtime = Realtime & {
  /** Signs one subscription of one socket. Null for anything but a workspace's channel: whether the member belongs to it is the caller's check. */
  readonly authoriseChannel: (socketId: string, channel: string) => { readonly auth: string } | null;
  /** Sends what still waits, once, and stops. */
  readonly close: () => Promise<void>;
};

/** At most four events a second and campaign: what a person can see, and what a plan's message quota can bear. */
const intervalMs = 250;
/** Limit of Pusher's batch call: https://pusher.com/docs/channels/library_auth_reference/rest-api/#post-batch-events-trigger-multiple-events */
const eventsPerCall = 10;
const callTimeoutMs = 3000;
/** Of a failed event only the newest of its campaign waits, and not so eagerly that an outage is met with a storm. */
const retryAfterMs = 5000;
const socketIdShape = /^\d+\.\d+$/;

/** Pusher Channels. Events carry ids and a time (law L12), about 150 bytes of the 10 kB allowed. */
export function createRealtime({ appId, key, secret, host, port, useTls, onFailure }: PusherOptions): PusherRealtime {
  const pusher = new Pusher({ appId, key, secret, host, port: String(port), useTLS: useTls, timeout: callTimeoutMs });
  const waiting = new Coalescer<RealtimeEvent>(intervalMs);
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  const sendDue = async (): Promise<void> => {
    const due = waiting.takeDue(performance.now());
    for (let start = 0; start < due.length; start += eventsPerCall) {
      const batch = due.slice(start, start + eventsPerCall);
      if (!(await trigger(batch.map(([, event]) => event)))) {
        for (const [subject, event] of batch) waiting.putBack(subject, event, performance.now(), retryAfterMs);
      }
    }
    wakeForNext();
  };

  const wakeForNext = (): void => {
    const nextAtMs = waiting.nextDueAtMs();
    if (timer !== null) clearTimeout(timer);
    timer = nextAtMs === null || isClosed ? null : setTimeout(() => void sendDue(), Math.max(0, nextAtMs - performance.now()));
  };

  const trigger = async (events: readonly RealtimeEvent[]): Promise<boolean> => {
    try {
      await pusher.triggerBatch(events.map(toPusherEvent));
      return true;
    } catch (error) {
      onFailure({ events: events.length, status: error instanceof Pusher.RequestError ? (error.status ?? null) : null });
      return false;
    }
  };

  return {
    publish(events) {
      for (const event of events) waiting.offer(`${event.name}:${event.campaignId}`, event);
      return sendDue();
    },
    authoriseChannel(socketId, channel) {
      if (workspaceOfChannel(channel) === null || !socketIdShape.test(socketId)) return null;
      return { auth: pusher.authorizeChannel(socketId, channel).auth };
    },
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      const rest = waiting.takeAll().map(([, event]) => event);
      for (let start = 0; start < rest.length; start += eventsPerCall) await trigger(rest.slice(start, start + eventsPerCall));
    },
  };
}

/** Field by field: what an event is given beside these by mistake stays here. */
const toPusherEvent = ({ name, workspaceId, campaignId, atMs }: RealtimeEvent): Pusher.BatchEvent => ({
  channel: channelOf(workspaceId),
  name,
  data: { campaignId, atMs },
});
