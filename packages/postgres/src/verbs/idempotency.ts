import type { Result, WorkspaceId } from "@herald/kernel";
import { err, ok } from "@herald/kernel";
import { one, oneOrNone, type Sql } from "../connect/sql.ts";

/** A repeated request: `bodyHash` tells whether it is the same one. Scope: workspace and route. */
export type IdempotentRequest = { readonly route: string; readonly key: string; readonly bodyHash: string };
export type IdempotencyConflict = { readonly type: "idempotency_conflict" };
export type IdempotencyInProgress = { readonly type: "idempotency_in_progress" };
export type IdempotentAnswer<T> = { readonly answer: T; readonly isReplay: boolean };

export type IdempotencyPort = {
  /** Until the end of the transaction this request is ours alone; false while another transaction has it. */
  readonly claim: (request: IdempotentRequest) => Promise<boolean>;
  readonly find: (request: IdempotentRequest) => Promise<{ readonly bodyHash: string; readonly answer: unknown } | null>;
  readonly keep: (request: IdempotentRequest, answer: unknown) => Promise<void>;
};

const keptFor = "interval '24 hours'";

const keepSql = `
  insert into idempotency_keys (workspace_id, route, key, body_hash, answer) values ($1, $2, $3, $4, $5)`;

export function createIdempotency(sql: Sql, workspaceId: WorkspaceId): IdempotencyPort {
  return {
    claim: async ({ route, key }) =>
      (
        await one<{ got: boolean }>(sql, "select pg_try_advisory_xact_lock(hashtextextended($1, 11)) as got", [
          JSON.stringify([workspaceId, route, key]),
        ])
      ).got,
    find: ({ route, key }) =>
      oneOrNone(
        sql,
        `select body_hash as "bodyHash", answer from idempotency_keys where workspace_id = $1 and route = $2 and key = $3 and created_at > now() - ${keptFor}`,
        [workspaceId, route, key],
      ),
    async keep({ route, key, bodyHash }, answer) {
      await sql(`delete from idempotency_keys where workspace_id = $1 and created_at <= now() - ${keptFor}`, [workspaceId]);
      await sql(keepSql, [workspaceId, route, key, bodyHash, JSON.stringify(answer)]);
    },
  };
}

/**
 * Runs once per key: the same request again gets the first one's answer. The answer is written in the transaction of what it created,
 * so a request that failed, or whose transaction broke, leaves nothing and may be tried again.
 * @param run its answer must survive JSON.
 */
export async function withIdempotency<T, E>(
  ports: { readonly idempotency: IdempotencyPort },
  request: IdempotentRequest,
  run: () => Promise<Result<T, E>>,
): Promise<Result<IdempotentAnswer<T>, E | IdempotencyConflict | IdempotencyInProgress>> {
  if (!(await ports.idempotency.claim(request))) return err({ type: "idempotency_in_progress" });
  const earlier = await ports.idempotency.find(request);
  if (earlier)
    return earlier.bodyHash === request.bodyHash
      ? ok({ answer: earlier.answer as T, isReplay: true })
      : err({ type: "idempotency_conflict" });
  const result = await run();
  if (!result.ok) return result;
  await ports.idempotency.keep(request, result.value);
  return ok({ answer: result.value, isReplay: false });
}
