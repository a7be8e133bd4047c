import type { CampaignProgress, CampaignRunPort, CampaignStatus, ControlFlag } from "@herald/campaign";
import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type { FrozenTemplate } from "@herald/provider";
import type pg from "pg";
import { retrying } from "../connect/errors.ts";
import { msOf, one, oneOrNone, sqlOf } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";
import { type CountColumns, countColumns, toCounts } from "../ledger/counts.ts";

export type EngineRun = CampaignRunPort & {
  /** Temporal's own cancellation: flag, control_seq and audit entry in the name of the system; answers the control_seq that holds. */
  readonly cancel: (workspaceId: WorkspaceId, campaignId: CampaignId) => Promise<number>;
};

type ProgressRow = CountColumns & {
  readonly status: CampaignStatus;
  readonly flag: ControlFlag;
  readonly control_seq: string;
  readonly run_no: number;
  readonly planned: number;
  readonly chunk_count: number;
  readonly scheduled_at_ms: number | null;
  readonly expires_at_ms: number;
  readonly next_due_at_ms: number | null;
  readonly now_ms: number;
};

const progressSql = `
  select h.status, c.flag, c.control_seq, h.run_no, h.planned, h.chunk_count, ${countColumns("n")},
    ${msOf("h.scheduled_at")} as scheduled_at_ms, ${msOf("h.expires_at")} as expires_at_ms, ${msOf("clock_timestamp()")} as now_ms,
    (select ${msOf("min(m.next_at)")} from campaign_messages m where m.campaign_id = h.id and m.next_at is not null) as next_due_at_ms
  from campaign_history h join campaign_controls c on c.campaign_id = h.id cross join lateral herald.campaign_counts(h.id) n
  where h.id = $1`;

const accountSql = `
  select n.provider_number_id, n.cap_per_second, s.id as source_id, s.access_token_sealed
  from campaign_controls c join phone_numbers n on n.id = c.sender_id join sources s on s.id = c.source_id
  where c.campaign_id = $1`;

/** @param openToken opens `sources.access_token_sealed`; the token lives as long as the slice, in memory only. */
export function createCampaignRun(pool: pg.Pool, openToken: (sealed: Uint8Array, sourceId: string) => string): EngineRun {
  const sql = sqlOf(pool);
  /** Every call below may run twice: it sets what holds, or answers what is left to do. */
  const repeatable = <T>(run: () => Promise<T>): Promise<T> => retrying(run, { isRepeatable: true });

  return {
    progress: (workspaceId, campaignId) => repeatable(() => progress(pool, workspaceId, campaignId)),
    release: async (workspaceId, campaignId, lateAfterMs) => {
      await repeatable(() => sql("select herald.release($1, $2, $3)", [workspaceId, campaignId, lateAfterMs / 1000]));
    },
    skipOpen: async (workspaceId, campaignId, reason, limit) =>
      (
        await repeatable(() =>
          one<{ skipped: number }>(sql, "select herald.skip_open($1, $2, $3, $4) as skipped", [workspaceId, campaignId, reason, limit]),
        )
      ).skipped,
    finalise: async (workspaceId, campaignId) =>
      (await repeatable(() => one<{ status: CampaignStatus }>(sql, "select herald.finalise($1, $2) as status", [workspaceId, campaignId])))
        .status,
    cancel: async (workspaceId, campaignId) =>
      Number((await repeatable(() => one<{ seq: string }>(sql, "select herald.cancel($1, $2) as seq", [workspaceId, campaignId]))).seq),
    markStagingDegraded: (workspaceId, campaignId) =>
      repeatable(() =>
        inWorkspace(pool, workspaceId, async (sql) => {
          await sql("update campaign_history set staging_degraded_at = clock_timestamp() where id = $1 and staging_degraded_at is null", [
            campaignId,
          ]);
        }),
      ),
    async senderAccount(workspaceId, campaignId) {
      const row = await repeatable(() =>
        inWorkspace(pool, workspaceId, (sql) =>
          one<{ provider_number_id: string; cap_per_second: number; source_id: string; access_token_sealed: Uint8Array }>(sql, accountSql, [
            campaignId,
          ]),
        ),
      );
      return {
        providerNumberId: row.provider_number_id,
        accessToken: openToken(row.access_token_sealed, row.source_id),
        capPerSecond: row.cap_per_second,
      };
    },
    frozenTemplate: async (workspaceId, campaignId) =>
      (
        await repeatable(() =>
          inWorkspace(pool, workspaceId, (sql) =>
            one<{ frozen_template: FrozenTemplate }>(sql, "select frozen_template from campaign_history where id = $1", [campaignId]),
          ),
        )
      ).frozen_template,
  };
}

function progress(pool: pg.Pool, workspaceId: WorkspaceId, campaignId: CampaignId): Promise<CampaignProgress | null> {
  return inWorkspace(pool, workspaceId, async (sql) => {
    const row = await oneOrNone<ProgressRow>(sql, progressSql, [campaignId]);
    if (!row) return null;
    return {
      status: row.status,
      flag: row.flag,
      controlSeq: Number(row.control_seq),
      runNo: row.run_no,
      planned: row.planned,
      chunkCount: row.chunk_count,
      counts: toCounts(row),
      scheduledAtMs: row.scheduled_at_ms,
      expiresAtMs: row.expires_at_ms,
      nextDueAtMs: row.next_due_at_ms,
      nowMs: row.now_ms,
    };
  });
}
