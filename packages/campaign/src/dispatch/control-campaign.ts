import { type CampaignId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { storableText } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import { type CampaignStatus, canMove, isFinal, isPausable } from "../ledger/campaign-status.ts";
import type { CampaignControl, ControlFlag } from "./controls.ts";

export const ControlInput = z.strictObject({ note: storableText(500).trim().optional() });
export type ControlCampaign = z.output<typeof ControlInput> & { readonly campaignId: CampaignId };
export type WrongStatus = { readonly type: "wrong_status"; readonly status: CampaignStatus; readonly action: string };
export type ControlProblem = NotFound | NotAllowed | WrongStatus;

/** Reasons an operator's pause adds and a resume takes away; a cured credential does not lift it. */
const operatorPause = "operator";

/** Stops new sends of a campaign within one grant; what is in flight is recorded (law L6). Pausing a paused campaign answers its state. */
export const pauseCampaign = (ctx: CampaignCtx, input: ControlCampaign): Promise<Result<CampaignControl, ControlProblem>> =>
  control(ctx, input, { action: "pause", flag: "paused", status: "paused", isAllowed: isPausable });

/** Sends go on from where they stopped, with what was frozen (law L8). Resuming a running campaign answers its state. */
export const resumeCampaign = (ctx: CampaignCtx, input: ControlCampaign): Promise<Result<CampaignControl, ControlProblem>> =>
  control(ctx, input, { action: "resume", flag: "running", status: "queued", isAllowed: isPausable });

/** Stops a campaign for good: what was not begun is left out with that reason. Cancelling twice answers its state. */
export const cancelCampaign = (ctx: CampaignCtx, input: ControlCampaign): Promise<Result<CampaignControl, ControlProblem>> =>
  control(ctx, input, { action: "cancel", flag: "cancelled", status: null, isAllowed: (status) => canMove(status, "cancelled") });

type Change = {
  readonly action: string;
  readonly flag: ControlFlag;
  /** Null: stays as it is until the engine has left out what is open; the workflow ends the campaign then. */
  readonly status: CampaignStatus | null;
  readonly isAllowed: (status: CampaignStatus) => boolean;
};

async function control(ctx: CampaignCtx, input: ControlCampaign, change: Change): Promise<Result<CampaignControl, ControlProblem>> {
  if (!ctx.allows("campaign.control")) return err(notAllowed("campaign.control"));
  const now = await ctx.controls.lock(input.campaignId);
  if (!now) return err(notFound("campaign"));
  // one that ended keeps its flag "running", and neither goes on nor pauses any more
  if (now.flag === change.flag && (change.flag === "cancelled" || !isFinal(now.status))) return ok(now);
  if (now.flag === "cancelled" || !change.isAllowed(now.status))
    return err({ type: "wrong_status", status: now.status, action: change.action });
  const status = change.status ?? now.status;
  return ok(await ctx.controls.commit(input.campaignId, { flag: change.flag, status, reason: operatorPause, note: input.note ?? null }));
}
