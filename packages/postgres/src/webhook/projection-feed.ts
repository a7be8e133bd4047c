import type { InboundProjection, OutboundProjection, Projection, ProjectionFeed } from "@herald/campaign";
import type { MessageId, WorkspaceId } from "@herald/kernel";
import type pg from "pg";
import type { Drain } from "../connect/drain.ts";
import { sqlOf } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";
import { type ProvidersByName, readWords, type StoredWords } from "./inbound-words.ts";
import { inboundSql, outboundSql } from "./projections.sql.ts";

/** A store that refused a batch is asked again after this, doubled each time up to the longest. */
const retryAfterSeconds = 2;
const longestRetrySeconds = 60;

/** Messages of one claim: after an outage of the store each row may name a thousand, and all of them are in memory at once. */
const maxNamed = 4000;

type OutboxRow = {
  readonly id: string;
  readonly workspace_id: WorkspaceId;
  readonly tries: number;
  readonly ref: { readonly attempts?: readonly (readonly [MessageId, number])[]; readonly inbound?: readonly string[] };
};
type OutboundRow = Omit<OutboundProjection, "kind" | "workspaceId" | "messageKey">;
type InboundRow = Omit<InboundProjection, "kind" | "workspaceId" | "messageKey" | "text" | "repliesToMessageKey"> & {
  readonly repliedMessageId: MessageId | null;
  readonly repliedAttempt: number | null;
  readonly inboxId: string;
};

const claimSql = `
  select id, workspace_id, tries, ref from (
    select *, sum(named) over (order by id) as total, row_number() over (order by id) as ordinal from (
      select id, workspace_id, tries, ref,
        coalesce(jsonb_array_length(ref -> 'attempts'), 0) + coalesce(jsonb_array_length(ref -> 'inbound'), 0) as named
      from outbox where done_at is null and kind in ('mongo.attempts', 'mongo.inbound') and available_at <= clock_timestamp() order by id limit $1) oldest) batch
  where ordinal = 1 or total <= ${maxNamed} order by id`;

/** @param providersByName read the words of an inbound message out of its stored webhook; Postgres keeps no second copy of them. */
export function createProjectionFeed(pool: pg.Pool, drain: Drain, providersByName: ProvidersByName): ProjectionFeed {
  const sql = sqlOf(pool);
  return {
    async claim(limit) {
      if (!(await drain.isMine())) return [];
      const rows = await drain.sql<OutboxRow>(claimSql, [limit]);
      const rowsByWorkspace = Map.groupBy(rows, (row) => row.workspace_id);
      const projectionsByKey = new Map<string, Projection>();
      for (const [workspaceId, ownRows] of rowsByWorkspace)
        for (const projection of await project(pool, providersByName, workspaceId, ownRows))
          projectionsByKey.set(`${workspaceId}/${projection.messageKey}`, projection);
      return rows.map((row) => ({
        outboxId: row.id,
        tries: row.tries,
        projections: keysOf(row).flatMap((key) => projectionsByKey.get(`${row.workspace_id}/${key}`) ?? []),
      }));
    },
    async markDone(outboxIds) {
      await sql("update outbox set done_at = clock_timestamp(), problem = null where id = any ($1)", [outboxIds]);
    },
    async markProblem(outboxIds, problem) {
      await sql(
        `update outbox set tries = tries + 1, problem = $2,
           available_at = clock_timestamp() + make_interval(secs => least(${longestRetrySeconds}, ${retryAfterSeconds} * power(2, least(tries, 10))))
         where id = any ($1)`,
        [outboxIds, problem],
      );
    },
  };
}

const attemptKey = (messageId: string, attempt: number): string => `attempt:${messageId}:${attempt}`;
const inboundKey = (providerMessageId: string): string => `inbound:${providerMessageId}`;
const keysOf = ({ ref }: OutboxRow): readonly string[] => [
  ...(ref.attempts ?? []).map(([messageId, attempt]) => attemptKey(messageId, attempt)),
  ...(ref.inbound ?? []).map(inboundKey),
];

/** What one workspace's rows name, as it stands now: two statements and the words, however many rows. */
function project(
  pool: pg.Pool,
  providersByName: ProvidersByName,
  workspaceId: WorkspaceId,
  rows: readonly OutboxRow[],
): Promise<readonly Projection[]> {
  const attempts = rows.flatMap(({ ref }) => ref.attempts ?? []);
  const inbound = rows.flatMap(({ ref }) => ref.inbound ?? []);
  return inWorkspace(pool, workspaceId, async (sql) => {
    const outboundRows = await sql<OutboundRow>(outboundSql, [attempts.map(([id]) => id), attempts.map(([, attempt]) => attempt)]);
    const inboundRows = await sql<InboundRow>(inboundSql, [inbound]);
    const words = await readWords(sql, providersByName, inboundRows);
    return [
      ...outboundRows.map(
        (row): OutboundProjection => ({ kind: "outbound", workspaceId, messageKey: attemptKey(row.messageId, row.attempt), ...row }),
      ),
      ...inboundRows.map((row) => toInbound(words, workspaceId, row)),
    ];
  });
}

function toInbound(words: StoredWords, workspaceId: WorkspaceId, row: InboundRow): InboundProjection {
  const { providerMessageId, senderId, contactId, type, receivedAtMs, campaignId, repliedMessageId, repliedAttempt } = row;
  return {
    kind: "inbound",
    workspaceId,
    messageKey: inboundKey(providerMessageId),
    providerMessageId,
    senderId,
    contactId,
    type,
    receivedAtMs,
    campaignId,
    text: words.of(row),
    repliesToMessageKey: repliedMessageId === null || repliedAttempt === null ? null : attemptKey(repliedMessageId, repliedAttempt),
  };
}
