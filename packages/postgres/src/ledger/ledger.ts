import type { AttemptResult, Ledger, ReceiptMerge, ReceiptRecord } from "@herald/campaign";
import type pg from "pg";
import { retrying } from "../connect/errors.ts";
import { one, type Sql } from "../connect/sql.ts";
import { inWorkspace } from "../connect/transaction.ts";
import { readBalance } from "./balance.ts";
import { toRecordJson } from "./receipt-json.ts";

/**
 * Results and receipts on a connection of their own. Evidence merges by attempt, so a flush whose answer was lost may run again.
 * @param shard counter shard of this connection, 8–14: never the gate's
 */
export function createLedger(sql: Sql, pool: pg.Pool, shard: number): Ledger {
  return {
    async record(workspaceId, results) {
      const row = await retrying(
        () =>
          one<{ moved: number }>(sql, "select herald.record_results($1, $2, $3) as moved", [
            workspaceId,
            shard,
            JSON.stringify(results.map(toResultJson)),
          ]),
        { isRepeatable: true },
      );
      return row.moved;
    },
    mergeReceipts: (workspaceId, records) =>
      retrying(
        () =>
          one<ReceiptMerge>(sql, "select matched, moved, parked from herald.merge_receipts($1, $2, $3)", [
            workspaceId,
            shard,
            JSON.stringify(records.map((record: ReceiptRecord) => toRecordJson(record))),
          ]),
        { isRepeatable: true },
      ),
    balance: (workspaceId, campaignId) =>
      retrying(() => inWorkspace(pool, workspaceId, (sql) => readBalance(sql, campaignId)), { isRepeatable: true }),
  };
}

/** The shape of one result in `herald.record_results`. */
function toResultJson({ messageId, attempt, latencyMs, settlement }: AttemptResult): object {
  return {
    id: messageId,
    attempt,
    latencyMs,
    state: settlement.state,
    reason: settlement.reason,
    retryMs: settlement.retryInMs,
    maxAttempts: settlement.maxAttempts,
    providerMessageId: settlement.providerMessageId,
    code: settlement.code,
    class: settlement.class,
    detail: settlement.detail,
    counts: settlement.countsAsAttempt,
    block: settlement.block,
    backOff: settlement.backOff,
    pace: settlement.pace,
  };
}
