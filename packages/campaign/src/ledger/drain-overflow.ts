import { type Ledger, maxResultsPerCall } from "./ledger.ts";
import type { OverflowedResults, ResultOverflow } from "./result-overflow.ts";

/**
 * Brings results that waited in the overflow to the ledger, oldest first; answers how many. A batch is removed once the ledger has committed it,
 * so it may be brought twice and counts once. One that the ledger refuses stays and holds up no other; rejects with all failures at the end.
 */
export async function drainOverflow(
  deps: { readonly overflow: ResultOverflow; readonly ledger: Pick<Ledger, "record"> },
  limit: number,
): Promise<number> {
  const batches = await deps.overflow.take(limit);
  const failures: unknown[] = [];
  let brought = 0;
  for (const batch of batches) {
    try {
      await bring(deps.ledger, batch);
      await deps.overflow.remove([batch.overflowId]);
      brought += batch.results.length;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${batches.length} batches of results still wait`);
  return brought;
}

async function bring(ledger: Pick<Ledger, "record">, { workspaceId, results }: OverflowedResults): Promise<void> {
  for (let from = 0; from < results.length; from += maxResultsPerCall)
    await ledger.record(workspaceId, results.slice(from, from + maxResultsPerCall));
}
