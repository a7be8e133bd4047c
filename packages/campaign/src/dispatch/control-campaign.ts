import { type CampaignId, err, type NotAllowed, type NotFound, notAllowed, notFound, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { storableText } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import { type CampaignStatus, canMove, isFinal, isPausable } from "../ledger/campaign-status.ts";
import type { CampaignControl, ControlFlag, PauseReason } from "./controls.ts";

export const ControlInput = z.strictObject({ note: storableText(500).trim().optional() });
export type ControlCampaign = z.output<typeof ControlInput> & { readonly campaignId: CampaignId };
export type WrongStatus = { readonly type: "wrong_status"; readonly status: CampaignStatus; readonly action: string };
/** A resume while a cause of the pause still holds. */
export type PauseNotCured = { readonly type: "pause_not_cured"; readonly reasons: readonly PauseReason[] };
export type ControlProblem = NotFound | NotAllowed | WrongStatus | PauseNotCured;

/** Stops new sends of a campaign within one grant; what is in flight is recorded (law L6). Pausing again answers its state. */
export const pauseCampaign = (ctx: CampaignCtx, input: ControlCampaign): Promise<Result<CampaignControl, ControlProblem>> =>
  control(ctx, input, {
    action: "pause",
    flag: "paused",
    status: () => "paused",
    isAllowed: isPausable,
    // one that is paused for another reason is paused by its operator as well: the cure of that reason must not lift this
    holds: (reasons) => reasons.includes("operator"),
    reasonsAfter: (reasons) => [...new Set([...reasons, "operator" as const])],
  });

/**
 * Sends go on from where they stopped, with what was frozen (law L8): the operator's word lifts every reason whose cause is gone, in one step.
 * Refused while one still holds. One that was paused before its time is scheduled again and starts then. Resuming a running campaign answers its state.
 */
export const resumeCampaign = (ctx: CampaignCtx, input: ControlCampaign): Promise<Result<CampaignControl, ControlProblem>> =>
  control(ctx, input, {
    action: "resume",
    flag: "running",
    status: (status) => (status === "scheduled" ? status : "queued"),
    isAllowed: (status) => isPausable(status) || status === "scheduled",
    holds: () => true,
    reasonsAfter: () => [],
  });

/** Stops a campaign for good: what was not begun is left out with that reason. Cancelling twice answers its state. */
export const cancelCampaign = (ctx: CampaignCtx, input: ControlCampaign): Promise<Result<CampaignControl, ControlProblem>> =>
  control(ctx, input, {
    action: "cancel",
    flag: "cancelled",
    // stays as it is until the engine has left out what is open; the workflow ends the campaign then
    status: (status) => status,
    isAllowed: (status) => canMove(status, "cancelled"),
    holds: () => true,
    reasonsAfter: (reasons) => reasons,
  });

type Change = {
  readonly action: string;
  readonly flag: ControlFlag;
  readonly status: (now: CampaignStatus) => CampaignStatus;
  readonly isAllowed: (status: CampaignStatus) => boolean;
  /** Of a control whose flag is right already: nothing is left to say. */
  readonly holds: (reasons: readonly PauseReason[]) => boolean;
  readonly reasonsAfter: (reasons: readonly PauseReason[]) => readonly PauseReason[];
};

async function control(ctx: CampaignCtx, input: ControlCampaign, change: Change): Promise<Result<CampaignControl, ControlProblem>> {
  if (!ctx.allows("campaign.control")) return err(notAllowed("campaign.control"));
  const locked = await ctx.controls.lock(input.campaignId);
  if (!locked) return err(notFound("campaign"));
  const { pauseReasons, uncured, ...now } = locked;
  // one that ended keeps its flag "running", and neither goes on nor pauses any more
  if (now.flag === change.flag && (change.flag === "cancelled" || !isFinal(now.status)) && change.holds(pauseReasons)) return ok(now);
  if (now.flag === "cancelled" || !change.isAllowed(now.status))
    return err({ type: "wrong_status", status: now.status, action: change.action });
  if (change.flag === "running" && uncured.length > 0) return err({ type: "pause_not_cured", reasons: uncured });
  return ok(
    await ctx.controls.commit(input.campaignId, {
      flag: change.flag,
      status: change.status(now.status),
      pauseReasons: change.reasonsAfter(pauseReasons),
      note: input.note ?? null,
    }),
  );
}
