import type { LedgerBalance } from "@herald/campaign";
import type { CampaignId } from "@herald/kernel";
import { one, type Sql } from "../connect/sql.ts";
import { countColumns, isSame, toCounts, totalOf } from "./counts.ts";

// one statement, one snapshot: counters and rows of the same moment. The campaign is named by value, so that its own size decides the plan
const balanceSql = `
  select h.planned, ${countColumns("n", "n_")}, ${countColumns("r", "r_")}
  from campaign_history h cross join herald.campaign_counts($1) n cross join herald.recount($1) r
  where h.id = $1`;

/** Counters and the independent recount (law L1), inside a transaction that is bound to the campaign's workspace. */
export async function readBalance(sql: Sql, campaignId: CampaignId): Promise<LedgerBalance> {
  const row = await one<{ planned: number }>(sql, balanceSql, [campaignId]);
  const counts = toCounts(row, "n_");
  const recount = toCounts(row, "r_");
  return { planned: row.planned, counts, recount, isBalanced: isSame(counts, recount) && totalOf(counts) === row.planned };
}
