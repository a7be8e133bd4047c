import type { ChangeFeed, CounterMove } from "@herald/campaign";
import type pg from "pg";
import { msOf, sqlOf, timestampOf } from "../connect/sql.ts";

const movedSql = `
  select workspace_id as "workspaceId", campaign_id as "campaignId", shard, ${msOf("moved_at")} as "movedAtMs"
  from herald.campaigns_moved_since(${timestampOf("$1")})`;

export function createChangeFeed(pool: pg.Pool): ChangeFeed {
  const sql = sqlOf(pool);
  return {
    movedSince: (sinceMs) => sql<CounterMove>(movedSql, [sinceMs]),
  };
}
