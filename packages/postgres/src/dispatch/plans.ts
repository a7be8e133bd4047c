import type { NumberToPlan, PlaceCounts, PlanPort } from "@herald/campaign";
import type { SenderId, WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { openAccount, type TokenOpener } from "../connect/account.ts";
import { msOf, one, sqlOf, timestampOf } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";

/** A plan is asked for again after this; a number that could not be asked, after the rest. */
const staleAfter = "10 minutes";
const rest = "1 minute";

type Claimed = { readonly workspace_id: WorkspaceId; readonly sender_id: SenderId; readonly asked_at_ms: number };
type NumberRow = {
  readonly provider: string;
  readonly provider_number_id: string;
  readonly source_id: string;
  readonly access_token_sealed: Uint8Array;
  readonly mode: string;
  readonly cap_per_second: number;
  readonly plan_source: NumberToPlan["plan"]["source"];
  readonly plan_level: string;
  readonly known_for_ms: number;
};

const claimSql = `
  select workspace_id, sender_id, ${msOf("asked_at")} as asked_at_ms from herald.claim_numbers_to_plan($1, '${staleAfter}', '${rest}')`;

const numberSql = `
  select s.provider, n.provider_number_id, s.id as source_id, s.access_token_sealed, s.mode, n.cap_per_second, n.plan_source, n.plan_level,
    ${msOf("clock_timestamp() - coalesce(n.plan_checked_at, n.created_at)")} as known_for_ms
  from phone_numbers n join sources s on s.id = n.source_id where n.id = $1`;

// what the provider did not tell keeps the time when it last did
const writeSql = `
  update phone_numbers set cap_per_second = $2, plan_source = $3, plan_level = $4, plan_problem = $5,
    plan_checked_at = case when $5::text is null then ${timestampOf("$6")} else plan_checked_at end
  where id = $1`;

const limitSql = `
  select herald.set_portfolio_limit($1, s.portfolio_id, ${timestampOf("$3")}, $4)
  from phone_numbers n join sources s on s.id = n.source_id where n.id = $2`;

type Counted = { readonly workspace_id: WorkspaceId; readonly portfolio_id: string };

export function createPlans(pool: pg.Pool, openToken: TokenOpener): PlanPort & PlaceCounts {
  const sql = sqlOf(pool);
  return {
    async claim(limit) {
      const claimed = await sql<Claimed>(claimSql, [limit]);
      return Promise.all(
        claimed.map(async ({ workspace_id: workspaceId, sender_id: senderId, asked_at_ms: askedAtMs }) => {
          const row = await inWorkspace(pool, workspaceId, (sql) => one<NumberRow>(sql, numberSql, [senderId]));
          return {
            workspaceId,
            senderId,
            provider: row.provider,
            account: openAccount(openToken, { ...row, providerNumberId: row.provider_number_id }),
            isCoexistence: row.mode === "coexistence",
            plan: { capPerSecond: row.cap_per_second, source: row.plan_source, level: row.plan_level },
            knownForMs: row.known_for_ms,
            askedAtMs,
          };
        }),
      );
    },
    async write({ workspaceId, senderId, askedAtMs }, { plan, portfolioLimit, problem }) {
      // first: a plan that was written is not asked for again soon, and the limit with it
      if (portfolioLimit !== null) {
        const limit = portfolioLimit === "unlimited" ? null : portfolioLimit;
        await inWorkspace(pool, workspaceId, (sql) => sql(limitSql, [workspaceId, senderId, askedAtMs, limit]));
      }
      await inWorkspace(pool, workspaceId, (sql) =>
        sql(writeSql, [senderId, plan.capPerSecond, plan.source, plan.level, problem, askedAtMs]),
      );
    },
    async countPlaces(limit) {
      const portfolios = await sql<Counted>("select workspace_id, portfolio_id from herald.portfolios_to_count()");
      let counted = 0;
      const failures: unknown[] = [];
      for (const { workspace_id: workspaceId, portfolio_id: portfolioId } of portfolios) {
        try {
          const { more } = await one<{ more: boolean }>(sql, "select herald.count_places($1, $2, $3) as more", [
            workspaceId,
            portfolioId,
            limit,
          ]);
          if (more) counted += 1;
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, `places of ${failures.length} portfolios could not be counted`);
      return counted;
    },
  };
}
