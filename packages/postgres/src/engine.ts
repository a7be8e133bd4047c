import type {
  AccountPort,
  ChangeFeed,
  ChunkStore,
  Gate,
  Inbox,
  LapsedBlocks,
  LaunchFeed,
  Ledger,
  OverflowWatch,
  PaceSampler,
  PeoplePort,
  PlaceCounts,
  PlanPort,
  ProjectionFeed,
  TemplateSyncPort,
} from "@herald/campaign";
import { type ConnectionConfig, createPool } from "./connect/config.ts";
import { createDrain } from "./connect/drain.ts";
import { createSession } from "./connect/session.ts";
import { msOf, one, sqlOf } from "./connect/sql.ts";
import { createCampaignRun, type EngineRun } from "./dispatch/campaign-run.ts";
import { createGate } from "./dispatch/gate.ts";
import { createLaunchFeed } from "./dispatch/launch-feed.ts";
import { createPlans } from "./dispatch/plans.ts";
import { createChunkStore } from "./freeze/chunks.ts";
import { createHousekeeping } from "./housekeeping.ts";
import { createLedger } from "./ledger/ledger.ts";
import { createOverflowWatch } from "./ledger/overflow-watch.ts";
import { createChangeFeed } from "./realtime/change-feed.ts";
import { createPaceSampler } from "./report/pace-history.ts";
import { createAccounts, createLapsedBlocks } from "./webhook/accounts.ts";
import type { ProvidersByName } from "./webhook/inbound-words.ts";
import { createInbox } from "./webhook/inbox.ts";
import { createPeople } from "./webhook/people.ts";
import { createProjectionFeed } from "./webhook/projection-feed.ts";
import { createTemplateSync } from "./webhook/template-sync.ts";

export type EngineConfig = ConnectionConfig & {
  /** Opens `sources.access_token_sealed` of the source. */
  readonly openToken: (sealed: Uint8Array, sourceId: string) => string;
  readonly providersByName: ProvidersByName;
  /** The host's monotonic clock, the one that senders wait by; ms. */
  readonly monotonicMs: () => number;
  /** Counter shards of this process: gate 0–7, results 8–14. Default: any, so that processes seldom meet. */
  readonly gateShard?: number;
  readonly resultShard?: number;
  readonly maxConnections?: number;
  /** How long gate and results wait for the answer of one statement; ms. Default: 5,000. */
  readonly statementDeadlineMs?: number;
  /** How long a webhook is kept after it was drained; ms. Default: 30 days. */
  readonly inboxKeptMs?: number;
};

/** Role herald_engine: every port of the worker. Gate and results have connections of their own, so that neither waits behind the other. */
export type Engine = {
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly overflowWatch: OverflowWatch;
  readonly run: EngineRun;
  readonly chunks: ChunkStore;
  readonly inbox: Inbox;
  readonly people: PeoplePort;
  readonly accounts: AccountPort;
  readonly lapsed: LapsedBlocks;
  readonly plans: PlanPort & PlaceCounts;
  readonly templateSync: TemplateSyncPort;
  readonly projections: ProjectionFeed;
  readonly launches: LaunchFeed;
  readonly changes: ChangeFeed;
  readonly paceSampler: PaceSampler;
  /** Removes what has served (answers of repeated requests after 24 h, drained outbox rows after 7 days, parked receipts and samples of the pace after 30, webhooks after `inboxKeptMs`); answers how many rows. */
  readonly housekeeping: () => Promise<number>;
  /** Age of the oldest order that waits to be drained, ms; 0 when none. */
  readonly outboxLagMs: () => Promise<OutboxLag>;
  readonly close: () => Promise<void>;
};

export type OutboxLag = { readonly launches: number; readonly projections: number };

/** Above the role's transaction_timeout of 4 s: a server that is alive has answered by then. */
const defaultStatementDeadlineMs = 5000;
const defaultInboxKeptMs = 30 * 86_400_000;
const ageOf = (kinds: string): string => `coalesce(${msOf(`clock_timestamp() - min(created_at) filter (where kind like '${kinds}')`)}, 0)`;
const lagSql = `select ${ageOf("workflow.%")} as launches, ${ageOf("mongo.%")} as projections from outbox where done_at is null`;
const anyOf = (first: number, count: number): number => first + Math.floor(Math.random() * count);

export function createEngine(config: EngineConfig): Engine {
  const named = (part: string): ConnectionConfig => ({ url: config.url, applicationName: `${config.applicationName}-${part}` });
  const pool = createPool(config, config.maxConnections ?? 5);
  const deadline = { statementDeadlineMs: config.statementDeadlineMs ?? defaultStatementDeadlineMs };
  const gateSession = createSession(named("gate"), deadline);
  const resultSession = createSession(named("results"), deadline);
  const inboxDrain = createDrain(named("inbox"), "inbox");
  const projectionDrain = createDrain(named("projections"), "projections");
  let closed: Promise<void> | undefined;
  return {
    gate: createGate(gateSession.sql, { shard: config.gateShard ?? anyOf(0, 8), monotonicMs: config.monotonicMs }),
    ledger: createLedger(resultSession.sql, pool, config.resultShard ?? anyOf(8, 7)),
    overflowWatch: createOverflowWatch(pool),
    run: createCampaignRun(pool, config.openToken),
    chunks: createChunkStore(pool),
    inbox: createInbox(pool, inboxDrain),
    people: createPeople(pool),
    accounts: createAccounts(pool),
    lapsed: createLapsedBlocks(pool),
    plans: createPlans(pool, config.openToken),
    templateSync: createTemplateSync(pool, config.openToken),
    projections: createProjectionFeed(pool, projectionDrain, config.providersByName),
    launches: createLaunchFeed(pool),
    changes: createChangeFeed(pool),
    paceSampler: createPaceSampler(pool),
    housekeeping: createHousekeeping(pool, config.inboxKeptMs ?? defaultInboxKeptMs),
    outboxLagMs: () => one<OutboxLag>(sqlOf(pool), lagSql),
    close() {
      closed ??= Promise.all([...[gateSession, resultSession, inboxDrain, projectionDrain].map((one) => one.close()), pool.end()]).then(
        () => undefined,
      );
      return closed;
    },
  };
}
