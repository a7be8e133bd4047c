import { setTimeout as sleep } from "node:timers/promises";
import { createLogger } from "@herald/observability";
import { createDoor, createVerbs, isUnavailable } from "@herald/postgres";
import { createMetaProvider } from "@herald/provider-meta";
import { createRealtime } from "@herald/pusher";
import { createChunkCache } from "@herald/redis";
import { createSealer, deriveKey, type KeyPurpose, type SealingKeys } from "@herald/sealing";
import { openTemporal, type Temporal } from "@herald/temporal/client";
import { browserRealtimeOf } from "./container/browser-realtime.ts";
import { answersHttp, readHealth } from "./container/health.ts";
import { createSessions } from "./container/sessions.ts";
import { isAuthReachable, memberClient } from "./container/supabase.ts";
import { createTransactions } from "./container/transactions.ts";
import { isSameToken } from "./container/verify-token.ts";
import type { Part } from "./doors/failures.ts";
import type { Services } from "./doors/services.ts";
import { env, type WebEnv } from "./env.ts";

/** Next loads a module once per bundle; connections belong to the process. */
const kept = globalThis as typeof globalThis & { heraldServices?: Promise<Services> };

/** The one set of services of this process, built at first use. */
export function services(): Promise<Services> {
  kept.heraldServices ??= buildServices(env());
  return kept.heraldServices;
}

/** The composition root: the only place that knows which adapter stands behind which port. Opens nothing yet. */
export async function buildServices(env: WebEnv): Promise<Services> {
  const log = createLogger({ service: "web", level: env.HERALD_LOG_LEVEL });
  const publicUrl = new URL(env.HERALD_PUBLIC_URL);
  const supabase = { url: env.SUPABASE_URL, anonKey: env.SUPABASE_ANON_KEY };
  const verbs = createVerbs({ url: env.VERBS_DATABASE_URL, applicationName: "herald-web" });
  const inbox = createDoor({ url: env.DOOR_DATABASE_URL, applicationName: "herald-web-door" });
  const meta = createMetaProvider({ baseUrl: "https://graph.facebook.com", monotonicMs: () => performance.now(), maxConnections: 1 });
  const parts = { temporal: await temporalOf(env), redis: redisOf(env), realtime: realtimeOf(env, log) };
  const appSecrets = [env.WHATSAPP_APP_SECRET, ...(env.WHATSAPP_APP_SECRET_PREVIOUS ? [env.WHATSAPP_APP_SECRET_PREVIOUS] : [])];
  const { temporal, redis, realtime } = parts;
  return {
    log,
    clock: { monotonicMs: () => performance.now(), sleep: (durationMs) => sleep(durationMs) },
    publicUrl,
    sessions: createSessions({ ...supabase, isSecure: publicUrl.protocol === "https:" }),
    readerOf: ({ accessToken }) => memberClient(supabase, accessToken),
    directory: verbs,
    transactions: createTransactions(verbs),
    doorstep: verbs.onDoorstep,
    missingParts: (wanted: readonly Part[]) => wanted.filter((part) => parts[part] === null),
    durable: temporal && { isReachable: async () => (await temporal.ping()).ok },
    realtime,
    whatsapp: {
      isVerifyToken: (token) => isSameToken(token, env.WHATSAPP_VERIFY_TOKEN),
      isSigned: (rawBody, signatureHeader) => meta.isSignatureValid(rawBody, signatureHeader, appSecrets),
      store: (rawBody) => inbox.appendToInbox(meta.name, rawBody),
    },
    health: () =>
      readHealth({
        postgres: { isEssential: true, isReachable: verbs.isReachable },
        auth: {
          isEssential: true,
          isReachable: () => isAuthReachable(supabase),
        },
        temporal: { isEssential: false, isReachable: temporal && (async () => (await temporal.ping()).ok) },
        redis: { isEssential: false, isReachable: redis && (() => redis.isReachable(1000)) },
        realtime: { isEssential: false, isReachable: realtime && (() => answersHttp(pusherUrl(env))) },
      }),
    isUnavailable,
    close: async () => void (await Promise.all([verbs.close(), inbox.close(), meta.close(), temporal?.close(), realtime?.close()])),
  };
}

async function temporalOf(env: WebEnv): Promise<Temporal | null> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_API_KEY: apiKey } = env;
  if (!address) return null;
  // not bundled: the SDK loads the failure converter beside it by its path on disk
  const { createDataConverter } = await import(/* turbopackIgnore: true */ "@herald/temporal/codec");
  const opened = openTemporal({
    address,
    namespace,
    apiKey,
    dataConverter: createDataConverter(keysFor(env, "temporal-payload")),
  });
  return opened.ok ? opened.value : null;
}

function redisOf(env: WebEnv) {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env;
  // the web only has to know that there is one; chunks are staged by the worker
  return url && token ? createChunkCache({ url, token, sealer: createSealer(keysFor(env, "redis-chunk")), onDegraded: () => {} }) : null;
}

function realtimeOf(env: WebEnv, log: ReturnType<typeof createLogger>) {
  const {
    PUSHER_APP_ID: appId,
    PUSHER_KEY: key,
    PUSHER_SECRET: secret,
    PUSHER_HOST: host,
    PUSHER_PORT: port,
    PUSHER_USE_TLS: useTls,
  } = env;
  const settings = browserRealtimeOf(env);
  if (!appId || !key || !secret || !host || !settings) return null;
  const onFailure = (failure: object): void => log.error("realtime.not_published", { ...failure });
  const { authoriseChannel, close } = createRealtime({ appId, key, secret, host, port, useTls, onFailure });
  return { settings, authorise: authoriseChannel, close };
}

function keysFor(env: WebEnv, purpose: KeyPurpose): SealingKeys {
  const secretsById = { ...env.HERALD_PREVIOUS_SECRET_KEYS, [env.HERALD_SECRET_KEY_ID]: env.HERALD_SECRET_KEY };
  const keysById = Object.fromEntries(
    Object.entries(secretsById).map(([id, secret]) => [id, deriveKey(Buffer.from(secret, "base64"), purpose)]),
  );
  return { currentKeyId: env.HERALD_SECRET_KEY_ID, keysById };
}

const pusherUrl = ({ PUSHER_USE_TLS, PUSHER_HOST, PUSHER_PORT }: WebEnv): string =>
  `${PUSHER_USE_TLS ? "https" : "http"}://${PUSHER_HOST}:${PUSHER_PORT}/`;
