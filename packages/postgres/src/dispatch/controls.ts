import type { CampaignControl, ControlFlag, ControlPort } from "@herald/campaign";
import { one, oneOrNone } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";

type ControlRow = Omit<CampaignControl, "controlSeq"> & { readonly controlSeq: string; readonly runNo: number };

const readSql = `
  select c.campaign_id as "campaignId", c.flag, c.control_seq as "controlSeq", h.status, h.run_no as "runNo"
  from campaign_controls c join campaign_history h on h.id = c.campaign_id where c.campaign_id = $1`;

// pause_reasons is a set: a pause adds its reason, a resume takes its own away and no other
const statusSql = `
  update campaign_history set status = $2,
    pause_reasons = case $3 when 'paused' then array_remove(pause_reasons, $4) || $4::text when 'running' then array_remove(pause_reasons, $4) else pause_reasons end
  where id = $1`;

const actions: Readonly<Record<ControlFlag, string>> = {
  running: "campaign.resumed",
  paused: "campaign.paused",
  cancelled: "campaign.cancelled",
};

export function createControls({ sql, workspaceId, audit }: UnitOfWork): ControlPort {
  return {
    async lock(campaignId) {
      // the lock is a statement of its own: the read below then sees what committed while it waited
      await sql("select from campaign_controls where campaign_id = $1 for update", [campaignId]);
      const row = await oneOrNone<ControlRow>(sql, readSql, [campaignId]);
      return row && toControl(row);
    },
    async commit(campaignId, { flag, status, reason, note }) {
      await sql("update campaign_controls set flag = $2, control_seq = control_seq + 1 where campaign_id = $1", [campaignId, flag]);
      await sql(statusSql, [campaignId, status, flag, reason]);
      const row = await one<ControlRow>(sql, readSql, [campaignId]);
      await sql("insert into outbox (workspace_id, kind, ref) values ($1, 'workflow.wake', $2)", [
        workspaceId,
        JSON.stringify({ campaignId, runNo: row.runNo, controlSeq: Number(row.controlSeq) }),
      ]);
      await audit.write({ action: actions[flag], resourceKind: "campaign", resourceId: campaignId, detail: { reason, note } });
      return toControl(row);
    },
  };
}

const toControl = ({ campaignId, flag, controlSeq, status }: ControlRow): CampaignControl => ({
  campaignId,
  flag,
  controlSeq: Number(controlSeq),
  status,
});
