import type { RecordDeps, SliceDeps } from "@herald/activities";
import { createDispatcher, defaultDispatcherSettings, settleCampaign } from "@herald/campaign";
import { type CampaignId, days, expectOk, type WorkspaceId } from "@herald/kernel";
import type { Logger, Metrics } from "@herald/observability";
import { createEngine } from "@herald/postgres";
import { createMetaProvider } from "@herald/provider-meta";
import { createRealtime } from "@herald/pusher";
import { createChunkCache, createLayeredChunkStore } from "@herald/redis";
import { createSealer, createSigner } from "@herald/sealing";
import { openTemporal } from "@herald/temporal/client";
import { createDataConverter } from "@herald/temporal/codec";
import type { BackgroundDeps } from "./background/loops.ts";
import { createLauncher } from "./durable/launcher.ts";
import type { WorkerEnv } from "./env.ts";
import { measuredGate } from "./measured-gate.ts";
import { type MongoOpened, mongoAtFirstUse } from "./mongo-at-first-use.ts";
import { createOpaqueIds } from "./opaque-ids.ts";
import { agedOverflow } from "./overflow-age.ts";
import { keysFor, readSecretKeys } from "./secret-keys.ts";
import { CacheOutage, createStaging } from "./staging.ts";
import { systemClock } from "./system-clock.ts";
import { tuningOf } from "./tuning.ts";

export type Container = ReturnType<typeof createContainer>;

/** The composition root: adapters are chosen and joined here and nowhere else. Opens nothing; each adapter connects at first use. */
export function createContainer(env: WorkerEnv, log: Logger, metrics: Metrics) {
  const secretKeys = readSecretKeys(env.HERALD_SECRET_KEY_ID, env.HERALD_SECRET_KEY, env.HERALD_PREVIOUS_SECRET_KEYS);
  const dataConverter = createDataConverter(keysFor(secretKeys, "temporal-payload"));
  const opaqueIds = createOpaqueIds(...signersOf(secretKeys));
  const tokenSealer = createSealer(keysFor(secretKeys, "access-token"));
  const provider = createMetaProvider({
    baseUrl: env.META_GRAPH_URL,
    monotonicMs: systemClock.monotonicMs,
    ...(env.META_GRAPH_VERSION === undefined ? {} : { graphVersion: env.META_GRAPH_VERSION }),
  });
  const engine = createEngine({
    url: env.ENGINE_DATABASE_URL,
    applicationName: "herald-worker",
    openToken: (sealed, sourceId) => new TextDecoder().decode(tokenSealer.open(sealed, `access-token:${sourceId}`)),
    providersByName: { [provider.name]: provider },
    monotonicMs: systemClock.monotonicMs,
    inboxKeptMs: days(env.HERALD_INBOX_KEPT_DAYS),
  });
  const temporal = expectOk(
    openTemporal({
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      apiKey: env.TEMPORAL_API_KEY,
      dataConverter,
      tuning: tuningOf(env),
    }),
    "the address is required by env.ts",
  );
  const degraded = metrics.counter("herald_chunk_cache_misses_total", "Chunks that had to come from Postgres, by reason.", ["reason"]);
  const outage = new CacheOutage(systemClock.monotonicMs);
  const cache =
    env.UPSTASH_REDIS_REST_URL === undefined || env.UPSTASH_REDIS_REST_TOKEN === undefined
      ? null
      : createChunkCache({
          url: env.UPSTASH_REDIS_REST_URL,
          token: env.UPSTASH_REDIS_REST_TOKEN,
          sealer: createSealer(keysFor(secretKeys, "redis-chunk")),
          onDegraded({ reason }) {
            degraded.add({ reason }, 1);
            if (reason === "unreachable") outage.note();
          },
        });
  const noteDegraded = (workspaceId: WorkspaceId, campaignId: CampaignId): void => {
    engine.run
      .markStagingDegraded(workspaceId, campaignId)
      .catch((error: unknown) => log.warn("staging.note_failed", { campaignId, error }));
  };
  const chunks = cache === null ? engine.chunks : createLayeredChunkStore(cache, engine.chunks, noteDegraded);
  const staging = createStaging({ cache, outage, truth: engine.chunks, noteDegraded });
  const mongo = mongoAtFirstUse(() => openMongo(env.MONGODB_URL));
  const { overflow, ageMs: overflowAgeMs, aside: overflowAside } = agedOverflow(mongo.overflow, systemClock.nowMs);
  const setAside = metrics.gauge(
    "herald_overflow_set_aside",
    "Batches of results that Postgres will not take, kept for a person to judge.",
    [],
  );
  const realtime =
    env.PUSHER_APP_ID === undefined || env.PUSHER_KEY === undefined || env.PUSHER_SECRET === undefined || env.PUSHER_HOST === undefined
      ? null
      : createRealtime({
          appId: env.PUSHER_APP_ID,
          key: env.PUSHER_KEY,
          secret: env.PUSHER_SECRET,
          host: env.PUSHER_HOST,
          port: env.PUSHER_PORT,
          useTls: env.PUSHER_USE_TLS,
          onFailure: (failure) => log.warn("realtime.failed", failure),
        });

  const records: RecordDeps = {
    settleCampaign: (input) =>
      settleCampaign({ gate: engine.gate, run: engine.run, recoveryGraceMs: defaultDispatcherSettings.recoveryGraceMs }, input),
    stageChunks: staging.stageChunks,
    cancelCampaign: ({ workspaceId, campaignId }) => engine.run.cancel(workspaceId, campaignId),
  };
  const slices = (): SliceDeps => ({
    dispatcher: createDispatcher({
      gate: measuredGate(engine.gate, metrics),
      ledger: engine.ledger,
      overflow,
      run: engine.run,
      chunks,
      stageChunk: staging.stageChunk,
      provider,
      opaqueIds,
      clock: systemClock,
      log,
      settings: defaultDispatcherSettings,
    }),
    monotonicMs: systemClock.monotonicMs,
  });
  const background: BackgroundDeps = {
    inbox: engine.inbox,
    people: engine.people,
    accounts: engine.accounts,
    plans: engine.plans,
    places: engine.plans,
    templateSync: engine.templateSync,
    lapsed: engine.lapsed,
    ledger: engine.ledger,
    overflow,
    overflowWatch: engine.overflowWatch,
    providersByName: { [provider.name]: provider },
    opaqueIds,
    log,
    launches: engine.launches,
    launcher: createLauncher(temporal),
    projections: engine.projections,
    conversations: mongo.conversations,
    changes: engine.changes,
    paceSampler: engine.paceSampler,
    realtime,
    housekeep: engine.housekeeping,
    nowMs: systemClock.nowMs,
  };

  return {
    records,
    slices,
    background,
    dataConverter,
    readLagMs: async () => {
      const overflowMs = overflowAgeMs();
      const aside = overflowAside();
      if (aside !== null) setAside.set({}, aside.batches);
      return {
        inbox: await engine.inbox.lagMs(),
        ...(await engine.outboxLagMs()),
        ...(overflowMs === null ? {} : { overflow: overflowMs }),
        ...(aside === null ? {} : { overflowSetAside: aside.ageMs }),
      };
    },
    /** Rejects while the database is away. */
    probeDatabase: async () => void (await engine.gate.readClock()),
    ensureIndexes: mongo.ensureIndexes,
    /** Senders first, stores last: what was in flight still has to be recorded. */
    async close(): Promise<void> {
      await Promise.allSettled([provider.close(), temporal.close(), realtime?.close()]);
      await Promise.allSettled([engine.close(), mongo.close()]);
    },
  };
}

function signersOf(secretKeys: Parameters<typeof keysFor>[0]): Parameters<typeof createOpaqueIds> {
  const { currentKeyId, keysById } = keysFor(secretKeys, "opaque-id");
  const signers = Object.entries(keysById).map(([keyId, key]) => ({ isCurrent: keyId === currentKeyId, signer: createSigner(key) }));
  const [current, ...previous] = signers
    .toSorted((one, other) => Number(other.isCurrent) - Number(one.isCurrent))
    .map(({ signer }) => signer);
  if (current === undefined) throw new Error("a deployment has at least one secret key");
  return [current, previous];
}

async function openMongo(url: string): Promise<MongoOpened> {
  const { createConversationLog, createMongo, createResultOverflow } = await import("@herald/mongo");
  const mongo = createMongo({ url });
  return { ...mongo, overflow: createResultOverflow(mongo), conversations: createConversationLog(mongo) };
}
