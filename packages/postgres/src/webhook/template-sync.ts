import type { TemplateSyncPort } from "@herald/campaign";
import type { WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { openAccount, type TokenOpener } from "../connect/account.ts";
import { retrying } from "../connect/errors.ts";
import { msOf, one, sqlOf, timestampOf } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";

const staleAfter = "10 minutes";
const rest = "1 minute";
/** Compared in one statement, which writes nothing: far below the role's time for a transaction. */
const templatesPerCall = 200;

type Claimed = { readonly workspace_id: WorkspaceId; readonly source_id: string; readonly asked_at_ms: number };
type SourceRow = {
  readonly provider: string;
  readonly waba_id: string;
  readonly source_id: string;
  readonly access_token_sealed: Uint8Array;
  readonly provider_number_id: string;
};

const claimSql = `
  select workspace_id, source_id, ${msOf("asked_at")} as asked_at_ms from herald.claim_sources_to_sync($1, '${staleAfter}', '${rest}')`;

const sourceSql = `
  select s.provider, s.waba_id, s.id as source_id, s.access_token_sealed,
    (select min(n.provider_number_id) from phone_numbers n where n.source_id = s.id) as provider_number_id
  from sources s where s.id = $1`;

const differingSql = "select place from herald.templates_to_sync($1, $2, $3) place";
const syncSql = `select changed, paused from herald.sync_template($1, $2, $3, ${timestampOf("$4")})`;
const goneSql = `select id as "templateId" from herald.templates_gone($1, $2, $3, ${timestampOf("$4")}) id`;
const endSql = `select herald.end_template($1, $2, ${timestampOf("$3")}) as n`;
const finishSql = `select herald.finish_template_sync($1, $2, $3, ${timestampOf("$4")})`;

export function createTemplateSync(pool: pg.Pool, openToken: TokenOpener): TemplateSyncPort {
  const sql = sqlOf(pool);
  /** A list may be written twice: the second time nothing of it is new. */
  const repeatable = <T>(run: () => Promise<T>): Promise<T> => retrying(run, { isRepeatable: true });
  return {
    async claim(limit) {
      const claimed = await sql<Claimed>(claimSql, [limit]);
      return Promise.all(
        claimed.map(async ({ workspace_id: workspaceId, source_id: sourceId, asked_at_ms: askedAtMs }) => {
          const row = await inWorkspace(pool, workspaceId, (sql) => one<SourceRow>(sql, sourceSql, [sourceId]));
          const account = openAccount(openToken, { ...row, providerNumberId: row.provider_number_id });
          return { workspaceId, sourceId, provider: row.provider, providerAccountId: row.waba_id, account, askedAtMs };
        }),
      );
    },
    // a transaction for each template that is not as it was: one that pauses campaigns holds their controls until it ends
    async write({ workspaceId, sourceId, askedAtMs }, templates) {
      const synced = { changed: 0, gone: 0, pausedCampaigns: 0 };
      for (let from = 0; from < templates.length; from += templatesPerCall) {
        const part = templates.slice(from, from + templatesPerCall);
        const places = await repeatable(() => sql<{ place: number }>(differingSql, [workspaceId, sourceId, JSON.stringify(part)]));
        for (const { place } of places) {
          const template = JSON.stringify(part[place]);
          const done = await repeatable(() =>
            one<{ changed: number; paused: number }>(sql, syncSql, [workspaceId, sourceId, template, askedAtMs]),
          );
          synced.changed += done.changed;
          synced.pausedCampaigns += done.paused;
        }
      }
      const listed = JSON.stringify(templates.map(({ name, language }) => ({ name, language })));
      const gone = await repeatable(() => sql<{ templateId: string }>(goneSql, [workspaceId, sourceId, listed, askedAtMs]));
      for (const { templateId } of gone)
        synced.gone += (await repeatable(() => one<{ n: number }>(sql, endSql, [workspaceId, templateId, askedAtMs]))).n;
      await repeatable(() => sql(finishSql, [workspaceId, sourceId, listed, askedAtMs]));
      return synced;
    },
    noteProblem: ({ workspaceId, sourceId }, problem) =>
      inWorkspace(pool, workspaceId, async (sql) => {
        await sql("update sources set templates_problem = $2 where id = $1", [sourceId, problem]);
      }),
  };
}
