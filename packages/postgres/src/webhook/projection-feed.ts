import type { InboundProjection, OutboundProjection, Projection, ProjectionFeed } from "@herald/campaign";
import type { MessageId, WorkspaceId } from "@herald/kernel";
import type { InboundEvent, MessageProvider } from "@herald/provider";
import type pg from "pg";
import type { Drain } from "../connect/drain.ts";
import { sqlOf } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";
import { inboundSql, outboundSql } from "./projections.sql.ts";

/** A store that refused a batch is asked again after this, doubled each time up to the longest. */
const retryAfterSeconds = 2;
const longestRetrySeconds = 60;

export type ProvidersByName = Readonly<Record<string, Pick<MessageProvider, "parseWebhook">>>;

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
  readonly provider: string | null;
  readonly body: Uint8Array | null;
};

const claimSql = `
  select id, workspace_id, tries, ref from outbox
  where done_at is null and kind in ('mongo.attempts', 'mongo.inbound') and available_at <= clock_timestamp() order by id limit $1`;

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

/** What one workspace's rows name, as it stands now: two statements, however many rows. */
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
    return [
      ...outboundRows.map(
        (row): OutboundProjection => ({ kind: "outbound", workspaceId, messageKey: attemptKey(row.messageId, row.attempt), ...row }),
      ),
      ...inboundRows.map((row) => toInbound(providersByName, workspaceId, row)),
    ];
  });
}

function toInbound(providersByName: ProvidersByName, workspaceId: WorkspaceId, row: InboundRow): InboundProjection {
  const { repliedMessageId, repliedAttempt, provider, body, ...facts } = row;
  return {
    ...facts,
    kind: "inbound",
    workspaceId,
    messageKey: inboundKey(row.providerMessageId),
    text: findEvent(providersByName, provider, body, row.providerMessageId)?.text ?? null,
    repliesToMessageKey: repliedMessageId === null || repliedAttempt === null ? null : attemptKey(repliedMessageId, repliedAttempt),
  };
}

function findEvent(
  providersByName: ProvidersByName,
  provider: string | null,
  body: Uint8Array | null,
  providerMessageId: string,
): InboundEvent | undefined {
  if (provider === null || body === null) return undefined;
  const parsed = providersByName[provider]?.parseWebhook(body);
  if (parsed?.kind !== "events") return undefined;
  return parsed.groups
    .flatMap(({ events }) => events)
    .find((event): event is InboundEvent => event.kind === "inbound" && event.providerMessageId === providerMessageId);
}
