import type { CampaignControl, CampaignPace, ControlFlag, ControlPort, LockedControl, PauseReason } from "@herald/campaign";
import { one, oneOrNone } from "../connect/sql.ts";
import type { UnitOfWork } from "../verbs/ctx.ts";

type ControlRow = Omit<CampaignControl, "controlSeq"> &
  CampaignPace & { readonly controlSeq: string; readonly runNo: number; readonly pauseReasons: readonly PauseReason[] };
type LockedRow = ControlRow & { readonly isTemplateChanged: boolean };

const columns = `
  c.campaign_id as "campaignId", c.flag, c.control_seq as "controlSeq", c.weight, c.max_per_second as "maxPerSecond", h.status, h.run_no as "runNo",
  h.pause_reasons as "pauseReasons"`;
const readSql = `select ${columns} from campaign_controls c join campaign_history h on h.id = c.campaign_id where c.campaign_id = $1`;

// causes of a pause that still hold; a missed schedule and an operator's own word need no cure
const lockedSql = `
  select ${columns},
    (t.components_hash, t.category) is distinct from (h.frozen_template ->> 'componentsHash', h.frozen_template ->> 'category') as "isTemplateChanged"
  from campaign_controls c join campaign_history h on h.id = c.campaign_id join templates t on t.id = c.template_id
  where c.campaign_id = $1`;

const paceSql = `
  update campaign_controls set control_seq = control_seq + 1, weight = coalesce($2, weight), max_per_second = case when $3 then $4 else max_per_second end
  where campaign_id = $1`;

const actions: Readonly<Record<ControlFlag, string>> = {
  running: "campaign.resumed",
  paused: "campaign.paused",
  cancelled: "campaign.cancelled",
};

export function createControls({ sql, workspaceId, audit }: UnitOfWork): ControlPort {
  async function wake(row: ControlRow): Promise<void> {
    await sql("insert into outbox (workspace_id, kind, ref) values ($1, 'workflow.wake', $2)", [
      workspaceId,
      JSON.stringify({ campaignId: row.campaignId, runNo: row.runNo, controlSeq: Number(row.controlSeq) }),
    ]);
  }
  return {
    async lock(campaignId) {
      // the lock is a statement of its own: the read below then sees what committed while it waited
      await sql("select from campaign_controls where campaign_id = $1 for update", [campaignId]);
      const row = await oneOrNone<LockedRow>(sql, lockedSql, [campaignId]);
      return row && toLocked(row);
    },
    async commit(campaignId, { flag, status, pauseReasons, note }) {
      await sql("update campaign_controls set flag = $2, control_seq = control_seq + 1 where campaign_id = $1", [campaignId, flag]);
      await sql("update campaign_history set status = $2, pause_reasons = $3 where id = $1", [campaignId, status, pauseReasons]);
      const row = await one<ControlRow>(sql, readSql, [campaignId]);
      await wake(row);
      await audit.write({
        action: actions[flag],
        resourceKind: "campaign",
        resourceId: campaignId,
        detail: { reason: "operator", pauseReasons, note },
      });
      return toControl(row);
    },
    async setPace(campaignId, { weight = null, maxPerSecond, note }) {
      await sql(paceSql, [campaignId, weight, maxPerSecond !== undefined, maxPerSecond ?? null]);
      const row = await one<ControlRow>(sql, readSql, [campaignId]);
      await wake(row);
      const pace: CampaignPace = { weight: row.weight, maxPerSecond: row.maxPerSecond };
      await audit.write({ action: "campaign.pace_set", resourceKind: "campaign", resourceId: campaignId, detail: { ...pace, note } });
      return { ...toControl(row), ...pace };
    },
  };
}

const toControl = ({ campaignId, flag, controlSeq, status }: ControlRow): CampaignControl => ({
  campaignId,
  flag,
  controlSeq: Number(controlSeq),
  status,
});

function toLocked(row: LockedRow): LockedControl {
  const holds: Readonly<Record<PauseReason, boolean>> = {
    operator: false,
    schedule_missed: false,
    template_changed: row.isTemplateChanged,
  };
  return { ...toControl(row), pauseReasons: row.pauseReasons, uncured: row.pauseReasons.filter((reason) => holds[reason]) };
}
