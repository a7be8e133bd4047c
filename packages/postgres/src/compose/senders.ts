import type { Sender, SenderCondition, SenderPort } from "@herald/campaign";
import { one, oneOrNone, type Sql } from "../connect/sql.ts";

const findSql = `
  select n.id as "senderId", n.source_id as "sourceId", n.display_number as "displayNumber", n.cap_per_second as "capPerSecond",
    n.status = 'connected' and s.status = 'connected' as "isConnected"
  from phone_numbers n join sources s on s.id = n.source_id where n.id = $1`;

type ConditionRow = Omit<SenderCondition, "day"> & { readonly limit: number | null; readonly reserved: number };

const conditionSql = `
  select case when d.is_on then 'deployment' when w.kill_switch then 'workspace' when n.kill_switch then 'number' end as "killedBy",
    w.max_recipients as "maxPerCampaign", p.messaging_limit as limit, greatest(0, herald.places_taken(p.id, null)) as reserved
  from phone_numbers n join workspaces w on w.id = n.workspace_id join sources s on s.id = n.source_id left join portfolios p on p.id = s.portfolio_id
  left join deployment_switches d on d.name = 'stop_all_sending' where n.id = $1`;

export const createSenders = (sql: Sql): SenderPort => ({
  find: (senderId) => oneOrNone<Sender>(sql, findSql, [senderId]),
  async condition(senderId) {
    const { limit, reserved, ...condition } = await one<ConditionRow>(sql, conditionSql, [senderId]);
    return { ...condition, day: limit === null ? null : { limit, reserved } };
  },
});
