import { type CampaignId, minutes, type WorkspaceId } from "@herald/kernel";
import { type CampaignStatus, isFinal } from "../ledger/campaign-status.ts";
import type { CampaignProgress, CampaignRunPort } from "./campaign-run.ts";
import type { ControlFlag } from "./controls.ts";
import type { Gate } from "./gate.ts";

const skipBatch = 5000;
/** A start seen later than this was missed: nobody was there to keep it. */
const lateAfterMs = minutes(15);

export type SettleReport = {
  readonly isFinal: boolean;
  readonly status: CampaignStatus;
  readonly flag: ControlFlag;
  readonly controlSeq: number;
  readonly open: {
    readonly queued: number;
    readonly deferred: number;
    readonly dispatching: number;
    readonly unknown: number;
    readonly held: number;
  };
  readonly nextDueAtMs: number | null;
  readonly scheduledAtMs: number | null;
  readonly expiresAtMs: number;
  readonly chunkCount: number;
  readonly nowMs: number;
  readonly runNo: number;
};

/**
 * One look at a campaign between slices: names what a lost sender left, leaves out what cancel or expiry stopped, and ends the campaign when it may.
 * Safe to run any number of times.
 */
export async function settleCampaign(
  deps: { readonly gate: Gate; readonly run: CampaignRunPort; readonly recoveryGraceMs: number },
  input: { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId; readonly mayFinish: boolean },
): Promise<SettleReport> {
  const { workspaceId, campaignId } = input;
  const found = await deps.run.progress(workspaceId, campaignId);
  if (!found) throw new Error("the campaign does not exist");
  const before = await releaseIfDue(deps.run, input, found);
  if (!isFinal(before.status)) {
    await deps.gate.recover(workspaceId, campaignId, deps.recoveryGraceMs);
    const skipAs = before.flag === "cancelled" ? "cancelled" : before.expiresAtMs <= before.nowMs ? "expired" : null;
    if (skipAs !== null) while ((await deps.run.skipOpen(workspaceId, campaignId, skipAs, skipBatch)) > 0);
    if (input.mayFinish) await deps.run.finalise(workspaceId, campaignId);
  }
  const after = (await deps.run.progress(workspaceId, campaignId)) ?? before;
  const { queued, deferred, dispatching, unknown, held } = after.counts;
  return {
    isFinal: isFinal(after.status),
    status: after.status,
    flag: after.flag,
    controlSeq: after.controlSeq,
    open: { queued, deferred, dispatching, unknown, held },
    nextDueAtMs: after.nextDueAtMs,
    scheduledAtMs: after.scheduledAtMs,
    expiresAtMs: after.expiresAtMs,
    chunkCount: after.chunkCount,
    nowMs: after.nowMs,
    runNo: after.runNo,
  };
}

/** The late policy may have stopped it: what holds is read again. */
async function releaseIfDue(
  run: CampaignRunPort,
  { workspaceId, campaignId }: { readonly workspaceId: WorkspaceId; readonly campaignId: CampaignId },
  found: CampaignProgress,
): Promise<CampaignProgress> {
  if (found.status !== "scheduled" || found.scheduledAtMs === null || found.scheduledAtMs > found.nowMs) return found;
  await run.release(workspaceId, campaignId, lateAfterMs);
  return (await run.progress(workspaceId, campaignId)) ?? found;
}
