import {
  err,
  type NotAllowed,
  type NotFound,
  notAllowed,
  notFound,
  ok,
  type Result,
  type SenderId,
  type WorkspaceId,
} from "@herald/kernel";
import { z } from "zod";
import { storableText } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";

export const KillSwitchInput = z.strictObject({ on: z.boolean(), note: storableText(500).trim().min(1) });
export type KillSwitch = z.output<typeof KillSwitchInput>;

/** Writes the switch and its audit entry; the commit waits for grants that read it before (law L6). It needs nothing but Postgres. */
export type SwitchPort = {
  /** False: no such number in this workspace. */
  readonly setSender: (senderId: SenderId, change: KillSwitch) => Promise<boolean>;
  readonly setWorkspace: (change: KillSwitch) => Promise<void>;
};
export type SenderSwitch = { readonly senderId: SenderId; readonly isKilled: boolean };
export type WorkspaceSwitch = { readonly workspaceId: WorkspaceId; readonly isKilled: boolean };

/** Stops every campaign of one number, whatever it does; off, they go on from where they stopped. */
export async function setSenderKillSwitch(
  ctx: CampaignCtx,
  { senderId, ...change }: KillSwitch & { readonly senderId: SenderId },
): Promise<Result<SenderSwitch, NotFound | NotAllowed>> {
  const action = actionOf(change);
  if (!ctx.allows(action)) return err(notAllowed(action));
  return (await ctx.switches.setSender(senderId, change)) ? ok({ senderId, isKilled: change.on }) : err(notFound("sender"));
}

/** Stops every campaign of the workspace. */
export async function setWorkspaceKillSwitch(ctx: CampaignCtx, change: KillSwitch): Promise<Result<WorkspaceSwitch, NotAllowed>> {
  const action = actionOf(change);
  if (!ctx.allows(action)) return err(notAllowed(action));
  await ctx.switches.setWorkspace(change);
  return ok({ workspaceId: ctx.workspaceId, isKilled: change.on });
}

/** Whoever may pause may stop all; to let it go again is for those who answer for the workspace. */
const actionOf = ({ on }: KillSwitch) => (on ? "campaign.control" : "sending.resume");
