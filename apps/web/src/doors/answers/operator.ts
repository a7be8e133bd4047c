import type {
  Block,
  CampaignControl,
  CampaignPace,
  CuredBlock,
  Decided,
  DecidedOf,
  Resent,
  SenderSwitch,
  WorkspaceSwitch,
} from "@herald/campaign";
import { campaignStatuses } from "@herald/campaign";
import { z } from "zod";
import { ControlAnswer, presentControl } from "./campaign.ts";
import { isoOf, time } from "./times.ts";

const count = z.int().min(0);

const DecidedAnswer = z.strictObject({
  campaignId: z.uuid(),
  moved: count,
  /** Chosen as well, and left for the next request. */
  left: count,
  controlSeq: count,
  status: z.enum(campaignStatuses),
});
export const ResendAnswer = DecidedAnswer.extend({ runNo: count });
export const WriteOffAnswer = DecidedAnswer;
export const presentWriteOff = ({ campaignId, moved, more, controlSeq, status }: DecidedOf<Decided>): z.input<typeof WriteOffAnswer> => ({
  campaignId,
  moved,
  left: more,
  controlSeq,
  status,
});
export const presentResend = (resent: DecidedOf<Resent>): z.input<typeof ResendAnswer> => ({
  ...presentWriteOff(resent),
  runNo: resent.runNo,
});

export const RateAnswer = ControlAnswer.extend({ weight: z.number(), maxPerSecond: z.number().nullable() });
export const presentRate = (control: CampaignControl & CampaignPace): z.input<typeof RateAnswer> => ({
  ...presentControl(control),
  weight: control.weight,
  maxPerSecond: control.maxPerSecond,
});

export const SenderSwitchAnswer = z.strictObject({ senderId: z.uuid(), isKilled: z.boolean() });
export const presentSenderSwitch = (value: SenderSwitch): z.input<typeof SenderSwitchAnswer> => ({ ...value });
export const WorkspaceSwitchAnswer = z.strictObject({ workspaceId: z.uuid(), isKilled: z.boolean() });
export const presentWorkspaceSwitch = (value: WorkspaceSwitch): z.input<typeof WorkspaceSwitchAnswer> => ({ ...value });

export const BlocksAnswer = z.strictObject({
  blocks: z.array(
    z.strictObject({
      blockId: z.string(),
      scope: z.enum(["number", "waba", "template"]),
      scopeId: z.uuid(),
      class: z.string(),
      code: z.string().nullable(),
      detail: z.string(),
      since: time,
      campaigns: count,
    }),
  ),
});
export const presentBlocks = (blocks: readonly Block[]): z.input<typeof BlocksAnswer> => ({
  blocks: blocks.map(({ sinceMs, ...block }) => ({ ...block, since: isoOf(sinceMs) })),
});
export const CureAnswer = z.strictObject({ blockId: z.string(), freed: count });
export const presentCure = (cured: CuredBlock): z.input<typeof CureAnswer> => ({ ...cured });
