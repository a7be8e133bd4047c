import type { CalendarPort, CampaignStatus, ControlFlag } from "@herald/campaign";
import { one, timestampOf } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";

const moveSql = `
  update campaign_history set status = $2, scheduled_at = ${timestampOf("$3")}, schedule_zone = $4, late_policy = $5, expires_at = ${timestampOf("$6")}
  where id = $1 and status = 'scheduled' returning status, run_no as "runNo"`;

/** The start of a campaign, in the transaction of a person who holds its control row. */
export function createCalendar({ sql, workspaceId, audit }: UnitOfWork): CalendarPort {
  return {
    async move(campaignId, { scheduledAtMs, scheduleZone, latePolicy, expiresAtMs, isNow, status: to, note }) {
      const { status, runNo } = await one<{ status: CampaignStatus; runNo: number }>(sql, moveSql, [
        campaignId,
        to,
        scheduledAtMs,
        scheduleZone,
        latePolicy,
        expiresAtMs,
      ]);
      const control = await one<{ flag: ControlFlag; controlSeq: string }>(
        sql,
        `update campaign_controls set control_seq = control_seq + 1 where campaign_id = $1 returning flag, control_seq as "controlSeq"`,
        [campaignId],
      );
      const controlSeq = Number(control.controlSeq);
      await sql("insert into outbox (workspace_id, kind, ref) values ($1, 'workflow.wake', $2)", [
        workspaceId,
        JSON.stringify({ campaignId, runNo, controlSeq }),
      ]);
      const detail = { scheduledAtMs, scheduleZone, isNow, note };
      await audit.write({ action: "campaign.rescheduled", resourceKind: "campaign", resourceId: campaignId, detail });
      return { campaignId, flag: control.flag, controlSeq, status };
    },
  };
}
