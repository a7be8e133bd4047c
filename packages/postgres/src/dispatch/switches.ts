import type { SwitchPort } from "@herald/campaign";
import type { UnitOfWork } from "../verbs/ctx.ts";

// a slice that met the switch has ended: without word its workflow would look again only after a minute
const wakeSql = `
  with reached as (
    select c.campaign_id from campaign_controls c join campaign_history h on h.id = c.campaign_id
    where c.workspace_id = $1 and ($2::uuid is null or c.sender_id = $2) and h.status in ('queued', 'sending') order by c.campaign_id for update of c
  ), moved as (
    update campaign_controls c set control_seq = c.control_seq + 1 from reached r where c.campaign_id = r.campaign_id returning c.campaign_id, c.control_seq
  )
  insert into outbox (workspace_id, kind, ref)
  select $1, 'workflow.wake', jsonb_build_object('campaignId', h.id, 'runNo', h.run_no, 'controlSeq', m.control_seq)
  from moved m join campaign_history h on h.id = m.campaign_id`;

// a switch moves no counter and no flag of a campaign: without word its page would show the stop only at its next question
const tellSql = `
  insert into campaign_changes (workspace_id, campaign_id) select h.workspace_id, h.id from campaign_history h
  where h.workspace_id = $1 and ($2::uuid is null or h.sender_id = $2) and h.status in ('scheduled', 'queued', 'sending', 'paused')`;

export function createSwitches({ sql, workspaceId, audit }: UnitOfWork): SwitchPort {
  return {
    async setSender(senderId, { on, note }) {
      // a grant holds this row until it commits, so the switch comes strictly before or after it
      const found = await sql("update phone_numbers set kill_switch = $2 where id = $1 returning id", [senderId, on]);
      if (found.length === 0) return false;
      if (!on) await sql(wakeSql, [workspaceId, senderId]);
      await sql(tellSql, [workspaceId, senderId]);
      await audit.write({ action: "sender.kill_switch_set", resourceKind: "sender", resourceId: senderId, detail: { on, note } });
      return true;
    },
    async setWorkspace({ on, note }) {
      await sql("update workspaces set kill_switch = $2 where id = $1", [workspaceId, on]);
      await audit.write({ action: "workspace.kill_switch_set", resourceKind: "workspace", resourceId: workspaceId, detail: { on, note } });
      await sql(tellSql, [workspaceId, null]);
      if (!on) return void (await sql(wakeSql, [workspaceId, null]));
      // last of all: it waits for grants that read the switch before, and those after the commit see it (law L6)
      await sql("select herald.lock_sending($1)", [workspaceId]);
    },
  };
}
