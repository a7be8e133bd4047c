import { type CampaignId, minutes, parseCampaignId, type WorkspaceId } from "@herald/kernel";
import type { EngineLog } from "../engine-log.ts";
import { type AttemptResult, type Ledger, maxResultsPerCall } from "./ledger.ts";
import type { OverflowedResults, ResultOverflow } from "./result-overflow.ts";

export type DrainOverflowDeps = { readonly overflow: ResultOverflow; readonly ledger: Pick<Ledger, "record">; readonly log: EngineLog };

/** So often may a ledger that answers refuse a batch; with the waits of a loop that fails these are minutes. */
const maxRefusals = 10;
/** One that is set aside is tried again this often: a later release may understand it. */
const asideRetryMs = minutes(10);

/**
 * Brings results that waited in the overflow to the ledger, oldest first; answers how many. A batch is removed once the ledger has committed it,
 * so it may be brought twice and counts once. One that the ledger refuses stays and holds up no other; rejects with all failures at the end.
 * One that was refused ten times by a ledger that answers is set aside, and one that cannot be read at once.
 */
export async function drainOverflow(deps: DrainOverflowDeps, limit: number): Promise<number> {
  const waiting = await deps.overflow.take(limit);
  const failures: unknown[] = [];
  let brought = 0;
  for (const batch of waiting) {
    try {
      brought += await bring(deps, batch);
    } catch (error) {
      if (!(await wasSetAside(deps, batch, error))) failures.push(error);
    }
  }
  brought += await tryAsideAgain(deps, limit);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${waiting.length} batches of results still wait`);
  return brought;
}

class Unreadable extends Error {
  override readonly name = "Unreadable";
}

async function bring(deps: DrainOverflowDeps, { overflowId, workspaceId, results }: OverflowedResults): Promise<number> {
  if (workspaceId === null) throw new Unreadable("the batch names no workspace");
  // none is ever put: what it held was lost on the way, and is not known to be nothing
  if (results.length === 0) throw new Unreadable("the batch holds no results");
  await record(deps.ledger, workspaceId, results);
  await deps.overflow.remove([overflowId]);
  return results.length;
}

/** What was set aside fails nobody's pass: that it is there is told by what `aside` answers. */
async function tryAsideAgain(deps: DrainOverflowDeps, limit: number): Promise<number> {
  let brought = 0;
  for (const batch of await deps.overflow.takeAside(limit, asideRetryMs)) {
    await deps.overflow.noteRefusal(batch.overflowId);
    brought += await bring(deps, batch).catch(() => 0);
  }
  return brought;
}

async function wasSetAside(deps: DrainOverflowDeps, batch: OverflowedResults, error: unknown): Promise<boolean> {
  const { overflowId, workspaceId, results } = batch;
  let refused = results;
  if (workspaceId !== null && !(error instanceof Unreadable)) {
    // a ledger that is away takes no batch: that says nothing about this one
    if (!(await answers(deps.ledger, workspaceId)) || (await deps.overflow.noteRefusal(overflowId)) < maxRefusals) return false;
    refused = await sift(deps.ledger, workspaceId, results);
    // while it was sifted the ledger may have gone away, and refused all of it
    if (!(await answers(deps.ledger, workspaceId))) return false;
    if (refused.length === 0) {
      await deps.overflow.remove([overflowId]);
      return true;
    }
  }
  const campaignIds = campaignsOf(refused);
  await deps.overflow.setAside(overflowId, campaignIds);
  deps.log.warn("overflow.set_aside", { overflowId, results: results.length, refused: refused.length, campaignIds, error });
  return true;
}

const answers = (ledger: Pick<Ledger, "record">, workspaceId: WorkspaceId): Promise<boolean> =>
  ledger.record(workspaceId, []).then(
    () => true,
    () => false,
  );

/** Records what can be recorded, by halves; answers the rest. */
async function sift(
  ledger: Pick<Ledger, "record">,
  workspaceId: WorkspaceId,
  results: readonly AttemptResult[],
): Promise<readonly AttemptResult[]> {
  try {
    await record(ledger, workspaceId, results);
    return [];
  } catch {
    if (results.length === 1) return results;
    const middle = Math.ceil(results.length / 2);
    return [...(await sift(ledger, workspaceId, results.slice(0, middle))), ...(await sift(ledger, workspaceId, results.slice(middle)))];
  }
}

/** Read with care: what was refused may be of any shape. */
function campaignsOf(results: readonly AttemptResult[]): readonly CampaignId[] | null {
  const named = results.map((result: Partial<AttemptResult> | null) => parseCampaignId(String(result?.campaignId)));
  return named.length === 0 || named.includes(null) ? null : [...new Set(named.filter((campaignId) => campaignId !== null))];
}

async function record(ledger: Pick<Ledger, "record">, workspaceId: WorkspaceId, results: readonly AttemptResult[]): Promise<void> {
  for (let from = 0; from < results.length; from += maxResultsPerCall)
    await ledger.record(workspaceId, results.slice(from, from + maxResultsPerCall));
}
