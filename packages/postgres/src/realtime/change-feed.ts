import type { CampaignMove, ChangeFeed } from "@herald/campaign";
import type pg from "pg";
import { msOf, sqlOf, timestampOf } from "../connect/sql.ts";

const movedSql = `
  select workspace_id as "workspaceId", campaign_id as "campaignId", shard, ${msOf("moved_at")} as "movedAtMs"
  from herald.campaigns_moved_since(${timestampOf("$1")})
  union all
  select workspace_id, campaign_id, -1, ${msOf("changed_at")} from herald.campaigns_changed_since(${timestampOf("$1")})`;

export function createChangeFeed(pool: pg.Pool): ChangeFeed {
  const sql = sqlOf(pool);
  return {
    movedSince: (sinceMs) => sql<CampaignMove>(movedSql, [sinceMs]),
  };
}
