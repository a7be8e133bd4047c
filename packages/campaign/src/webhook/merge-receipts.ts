import type { WorkspaceId } from "@herald/kernel";
import type { ReceiptEvent } from "@herald/provider";
import type { EngineLog } from "../engine-log.ts";
import type { Ledger, OpaqueIds, ReceiptRecord } from "../ledger/ledger.ts";
import { settleRefusal } from "../provider/settle-outcome.ts";
import type { NumberOwner } from "./inbox.ts";

export type AddressedReceipt = { readonly inboxId: string; readonly owner: NumberOwner; readonly event: ReceiptEvent };
type MergeDeps = { readonly ledger: Ledger; readonly opaqueIds: OpaqueIds; readonly log: EngineLog };
type Filed = { readonly inboxId: string; readonly record: ReceiptRecord };

/**
 * Merges receipts into the ledger, one batch per workspace. A batch that the ledger refuses is tried row by row, so that one bad
 * row cannot hold up the rest. Answers the inbox rows that were refused, with the reason.
 */
export async function mergeReceipts(deps: MergeDeps, receipts: readonly AddressedReceipt[]): Promise<ReadonlyMap<string, unknown>> {
  const refused = new Map<string, unknown>();
  for (const [workspaceId, filed] of Map.groupBy(
    receipts.map((receipt) => ({ receipt, filed: file(deps.opaqueIds, receipt) })),
    ({ receipt }) => receipt.owner.workspaceId,
  )) {
    const batch = filed.map((one) => one.filed);
    try {
      await merge(deps, workspaceId, batch);
    } catch {
      for (const [inboxId, row] of Map.groupBy(batch, (one) => one.inboxId))
        await merge(deps, workspaceId, row).catch((error: unknown) => refused.set(inboxId, error));
    }
  }
  return refused;
}

async function merge(deps: MergeDeps, workspaceId: WorkspaceId, filed: readonly Filed[]): Promise<void> {
  const { parked } = await deps.ledger.mergeReceipts(
    workspaceId,
    filed.map(({ record }) => record),
  );
  if (parked > 0) deps.log.info("receipts.parked", { parked });
}

const file = (opaqueIds: OpaqueIds, { inboxId, event }: AddressedReceipt): Filed => ({
  inboxId,
  record: {
    providerMessageId: event.providerMessageId,
    attemptRef: event.opaqueId === null ? null : opaqueIds.decode(event.opaqueId),
    receipt: event.receipt,
    atMs: event.atMs,
    settlement: event.receipt === "failed" ? settleRefusal(event.failure ?? unexplained) : null,
    pricing: event.pricing,
  },
});

/** A failure without a reason is still a failure; without a settlement the message would stay as it was. */
const unexplained = {
  class: "unclassified",
  code: null,
  detail: "the provider gave no reason",
  retryAfterMs: null,
  maxAttempts: 1,
} as const;
