import type { InboundMerge, PeoplePort } from "@herald/campaign";
import type { WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import { retrying } from "../connect/errors.ts";
import { one, sqlOf } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";
import { fromRecordJson, type RecordJson } from "../ledger/receipt-json.ts";

/** The most parked receipts of a workspace in one go. */
const parkedBatch = 1000;

const parkedSql = `
  select id, record from parked_statuses p
  where exists (select from campaign_attempts a where a.workspace_id = p.workspace_id and a.provider_message_id = p.provider_message_id)
  order by id limit ${parkedBatch}`;

const inboundSql = `
  select is_new as "isNew", contact_id as "contactId", campaign_id as "campaignId", message_id as "messageId" from herald.record_inbound($1, $2, $3)`;

export function createPeople(pool: pg.Pool): PeoplePort {
  const sql = sqlOf(pool);
  /** Once per message and person's word, whatever is delivered twice: so a call may run twice. */
  const repeatable = <T>(run: () => Promise<T>): Promise<T> => retrying(run, { isRepeatable: true });
  return {
    async recordInbound(owner, { inboxId, event, isStop }) {
      const { providerMessageId, atMs, from, profileName, type, repliesToProviderMessageId: repliesTo } = event;
      const inbound = JSON.stringify({ providerMessageId, inboxId, atMs, from, profileName, type, repliesTo, isStop });
      return repeatable(() => one<InboundMerge>(sql, inboundSql, [owner.workspaceId, owner.senderId, inbound]));
    },
    async debitReplies(owner, inboxIds) {
      await sql("select herald.debit_replies($1, $2, $3)", [owner.workspaceId, owner.senderId, inboxIds]);
    },
    recordPreference: async (owner, { atMs, from, marketing }) => {
      await repeatable(() =>
        sql("select herald.record_preference($1, $2, $3)", [owner.workspaceId, owner.senderId, JSON.stringify({ atMs, from, marketing })]),
      );
    },
    async takeParked() {
      const workspaces = await sql<{ workspaceId: WorkspaceId }>(`select w as "workspaceId" from herald.workspaces_with_parked() w`);
      return Promise.all(
        workspaces.map(async ({ workspaceId }) => {
          const rows = await inWorkspace(pool, workspaceId, (sql) => sql<{ id: string; record: RecordJson }>(parkedSql));
          return { workspaceId, parkedIds: rows.map(({ id }) => id), records: rows.map(({ record }) => fromRecordJson(record)) };
        }),
      );
    },
    removeParked: (workspaceId, parkedIds) =>
      repeatable(() =>
        inWorkspace(pool, workspaceId, async (sql) => {
          await sql("delete from parked_statuses where id = any ($1)", [parkedIds]);
        }),
      ),
  };
}
