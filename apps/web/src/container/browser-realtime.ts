import type { RealtimeSettings } from "../doors/services.ts";
import type { WebEnv } from "../env.ts";

/** Where browsers listen. Pusher Channels has two hosts of one cluster: `api-eu.pusher.com` for servers, `ws-eu.pusher.com` for browsers. */
export function browserRealtimeOf(env: WebEnv): RealtimeSettings | null {
  const { PUSHER_KEY: key, PUSHER_HOST: host, PUSHER_PORT: port, PUSHER_USE_TLS: useTls, PUSHER_BROWSER_HOST: browserHost } = env;
  if (!key || !host) return null;
  return { key, host: browserHost ?? host.replace(/^api-/, "ws-"), port, useTls };
}
