import type { Inbox, InboxRow, NumberOwner } from "@herald/campaign";
import type pg from "pg";
import type { Drain } from "../connect/drain.ts";
import { retrying } from "../connect/errors.ts";
import { msOf, one, oneOrNone, sqlOf } from "../connect/sql.ts";

// A row with a problem comes back after 2, 4, 8 … s, at most an hour, and after 40 tries (30 h) only when somebody asks: its time is then for ever.
const problemSql = `
  update webhook_inbox set problem = $2, tries = least(tries + 1, 1000),
    available_at = case when tries >= 39 then 'infinity' else clock_timestamp() + make_interval(secs => least(3600, power(2, least(tries + 1, 12)))) end
  where id = $1`;

/** A webhook has up to 3 MB, and a batch of rows is in memory at once, as bytes and as events: so much of it, or one row that is larger. */
const maxBatchBytes = 4_000_000;

// the length is read from the row's pointer: what is over the limit is not read
const claimSql = `
  select id as "inboxId", provider, ${msOf("received_at")} as "receivedAtMs", body from (
    select *, sum(octet_length(body)) over (order by available_at, id) as bytes, row_number() over (order by available_at, id) as ordinal from (
      select id, provider, received_at, available_at, body from webhook_inbox
      where drained_at is null and available_at <= clock_timestamp() order by available_at, id limit $1) oldest) batch
  where ordinal = 1 or bytes <= ${maxBatchBytes} order by available_at, id`;

// rows that were tried in earnest and keep their problem are an operator's business
const lagSql = `select coalesce(${msOf("clock_timestamp() - min(received_at)")}, 0) as lag from webhook_inbox where drained_at is null and tries < 4`;

export function createInbox(pool: pg.Pool, drain: Drain): Inbox {
  const sql = sqlOf(pool);
  return {
    claim: async (limit) => ((await drain.isMine()) ? drain.sql<InboxRow>(claimSql, [limit]) : []),
    async markDrained(inboxIds) {
      if (inboxIds.length > 0)
        await sql("update webhook_inbox set drained_at = clock_timestamp(), problem = null where id = any ($1)", [inboxIds]);
    },
    async markProblem(inboxId, problem) {
      await sql(problemSql, [inboxId, problem]);
    },
    ownerOf: (providerNumberId) =>
      retrying(
        () =>
          oneOrNone<NumberOwner>(
            sql,
            `select workspace_id as "workspaceId", sender_id as "senderId" from herald.sender_of_provider_number($1)`,
            [providerNumberId],
          ),
        { isRepeatable: true },
      ),
    lagMs: async () => (await one<{ lag: number }>(sql, lagSql)).lag,
  };
}
