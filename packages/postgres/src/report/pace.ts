import type { SendingPace } from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import { msOf, one, type Sql } from "../connect/sql.ts";

type PaceRow = Omit<SendingPace, "portfolio"> & { readonly limit: number | null; readonly reserved: number };

// places that have expired are counted until the gate sweeps them
const paceSql = `
  select c.is_marketing as "isMarketing", c.weight, c.max_per_second as "maxPerSecond", n.cap_per_second as "capPerSecond",
    n.plan_source as "planSource", n.plan_level as "planLevel", ${msOf("n.plan_checked_at")} as "planCheckedAtMs", n.plan_problem as "planProblem",
    1 / herald.pace_of(n.id) as "effectivePerSecond",
    case when d.is_on then 'deployment' when w.kill_switch then 'workspace' when n.kill_switch then 'number' end as "killedBy",
    coalesce(herald.plan_share(k.slowed_to, k.slowed_at) < 1, false) as "isSlowed",
    ${msOf("case when k.rest_until > clock_timestamp() then k.rest_until end")} as "restUntilMs",
    case when k.rest_until > clock_timestamp() then k.rest_code end as "restCode", ${msOf("k.opened_at")} as "breakerOpenSinceMs",
    p.messaging_limit as limit, herald.is_inbox_behind_as_member() as "isInboxBehind",
    greatest(0, herald.places_taken(p.id, null)) as reserved
  from campaign_controls c join phone_numbers n on n.id = c.sender_id join workspaces w on w.id = c.workspace_id
  join sources s on s.id = c.source_id left join portfolios p on p.id = s.portfolio_id
  left join number_health k on k.sender_id = n.id left join deployment_switches d on d.name = 'stop_all_sending'
  where c.campaign_id = $1`;

/** How fast the number of a campaign sends, and what holds it back. */
export async function readPace(sql: Sql, campaignId: CampaignId): Promise<SendingPace> {
  const { limit, reserved, ...pace } = await one<PaceRow>(sql, paceSql, [campaignId]);
  return { ...pace, portfolio: limit === null ? null : { limit, reserved } };
}
