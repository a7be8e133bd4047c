import type { LaunchFeed, LaunchOrder } from "@herald/campaign";
import type { CampaignId, WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { sqlOf } from "../connect/sql.ts";

/** A claimed order that nobody reports on comes back after this. */
const leaseSeconds = 15;

type OrderRow = {
  readonly id: string;
  readonly kind: LaunchOrder["kind"];
  readonly workspace_id: WorkspaceId;
  readonly ref: { readonly campaignId: CampaignId; readonly runNo: number; readonly controlSeq: number };
};

// several drains may run: each takes rows that no other holds, and keeps them for the lease
const claimSql = `
  with due as (
    select id from outbox where done_at is null and kind in ('workflow.start', 'workflow.wake') and available_at <= clock_timestamp()
    order by id limit $1 for update skip locked
  )
  update outbox o set available_at = clock_timestamp() + make_interval(secs => ${leaseSeconds}) from due where o.id = due.id
  returning o.id, o.kind, o.workspace_id, o.ref`;

const watchSql = "select workspace_id, campaign_id, run_no from herald.campaigns_to_watch()";

export function createLaunchFeed(pool: pg.Pool): LaunchFeed {
  const sql = sqlOf(pool);
  return {
    async claim(limit) {
      const rows = await sql<OrderRow>(claimSql, [limit]);
      return rows
        .map(
          ({ id, kind, workspace_id, ref }): LaunchOrder => ({
            outboxId: id,
            kind,
            workspaceId: workspace_id,
            campaignId: ref.campaignId,
            runNo: ref.runNo,
            controlSeq: ref.controlSeq,
          }),
        )
        .toSorted((a, b) => Number(BigInt(a.outboxId) - BigInt(b.outboxId)));
    },
    async markDone(outboxIds) {
      await sql("update outbox set done_at = clock_timestamp(), problem = null where id = any ($1)", [outboxIds]);
    },
    async markProblem(outboxId, problem, retryInMs) {
      await sql(
        "update outbox set tries = tries + 1, problem = $2, available_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000) where id = $1",
        [outboxId, problem, retryInMs],
      );
    },
    async toWatch() {
      const rows = await sql<{ workspace_id: WorkspaceId; campaign_id: CampaignId; run_no: number }>(watchSql);
      return rows.map((row) => ({ workspaceId: row.workspace_id, campaignId: row.campaign_id, runNo: row.run_no }));
    },
  };
}
