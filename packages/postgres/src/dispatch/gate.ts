import type {
  ClockReading,
  Gate,
  GrantAnswer,
  GrantedMessage,
  GrantRequest,
  LaneAnswer,
  LaneReason,
  Recovery,
  Takeover,
} from "@herald/campaign";
import type { CampaignId, MessageId } from "@herald/kernel";
import { GrantAnswerLost, isOutcomeUnknown, retrying } from "../connect/errors.ts";
import type { Sql } from "../connect/sql.ts";
import { one } from "../connect/sql.ts";

type LaneRow = {
  readonly campaign_id: CampaignId;
  readonly reason: LaneReason;
  readonly message_ids: readonly MessageId[];
  readonly attempts: readonly number[];
  readonly chunk_nos: readonly number[];
  readonly entry_nos: readonly number[];
  readonly skipped: number;
  readonly first_ms: number;
  readonly step_ms: number;
  readonly wait_ms: number;
  /** Epoch seconds. */
  readonly db_now: number;
};

export type GateOptions = {
  /** Counter shard of this connection, 0–7, so that two processes seldom wait for one counter. */
  readonly shard: number;
  /** The host's monotonic clock; the same one that the sender waits by. */
  readonly monotonicMs: () => number;
};

/**
 * The gate on a connection of its own. Each call is one statement in autocommit: what it decides and what it commits are one transaction.
 */
export function createGate(sql: Sql, { shard, monotonicMs }: GateOptions): Gate {
  return {
    takeOver: (workspaceId, campaignId) =>
      // a second epoch for one attempt of a slice is harmless: only the number that is answered gets anything
      retrying(
        () =>
          one<Takeover>(sql, `select epoch, sender_id as "senderId", is_final as "isFinal" from herald.take_over($1, $2)`, [
            workspaceId,
            campaignId,
          ]),
        { isRepeatable: true },
      ),
    grant: (request) => grant(sql, { shard, monotonicMs }, request),
    returnLost: (workspaceId, senderId, lane) =>
      retrying(
        async () =>
          (
            await one<{ returned: number }>(sql, "select herald.return_lost($1, $2, $3, $4, $5, $6) as returned", [
              workspaceId,
              senderId,
              lane.campaignId,
              lane.epoch,
              lane.held.map(({ messageId }) => messageId),
              lane.held.map(({ attempt }) => attempt),
            ])
          ).returned,
        { isRepeatable: true },
      ),
    recover: (workspaceId, campaignId, graceMs) =>
      retrying(
        () => one<Recovery>(sql, "select unknown, waiting from herald.recover($1, $2, $3)", [workspaceId, campaignId, graceMs / 1000]),
        {
          isRepeatable: true,
        },
      ),
    readClock: () => readClock(sql, monotonicMs),
    warmUp: async (workspaceId, senderId, pace) => {
      await sql(grantSql, valuesOf({ workspaceId, senderId, lanes: [], pace }, shard));
    },
  };
}

const grantSql = "select * from herald.grant_slots($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const valuesOf = ({ workspaceId, senderId, lanes, pace }: GrantRequest, shard: number): readonly unknown[] => [
  workspaceId,
  senderId,
  lanes.map(({ campaignId }) => campaignId),
  lanes.map(({ epoch }) => epoch),
  lanes.map(({ want }) => want),
  shard,
  pace.horizonMs / 1000,
  pace.quantumMs / 1000,
  pace.leadMs / 1000,
];

/** Never sent twice: after a lost connection the first one may have committed, and only `returnLost` may put its messages back. */
async function grant(sql: Sql, { shard, monotonicMs }: GateOptions, request: GrantRequest): Promise<GrantAnswer> {
  const values = valuesOf(request, shard);
  try {
    return await retrying(
      async () => {
        const askedMs = monotonicMs();
        const rows = await sql<LaneRow>(grantSql, values);
        const answeredMs = monotonicMs();
        return { askedMs, answeredMs, databaseMs: (rows[0]?.db_now ?? Number.NaN) * 1000, lanes: rows.map(toLane) };
      },
      { isRepeatable: false },
    );
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    throw new GrantAnswerLost("the connection ended before the gate had answered", { cause: error });
  }
}

function toLane(row: LaneRow): LaneAnswer {
  return {
    campaignId: row.campaign_id,
    reason: row.reason,
    messages: row.message_ids.map((messageId, index): GrantedMessage => {
      const attempt = row.attempts[index];
      const chunkNo = row.chunk_nos[index];
      const entryNo = row.entry_nos[index];
      if (attempt === undefined || chunkNo === undefined || entryNo === undefined)
        throw new Error("the gate answered lists of unequal length");
      return { messageId, attempt, chunkNo, entryNo };
    }),
    skipped: row.skipped,
    firstMs: row.first_ms,
    stepMs: row.step_ms,
    waitMs: row.wait_ms,
  };
}

async function readClock(sql: Sql, monotonicMs: () => number): Promise<ClockReading> {
  const askedMs = monotonicMs();
  const { now } = await one<{ now: number }>(sql, "select herald.now_s() as now");
  return { askedMs, answeredMs: monotonicMs(), databaseMs: now * 1000 };
}
