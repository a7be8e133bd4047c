import {
  type CampaignId,
  err,
  hours,
  type NotAllowed,
  type NotFound,
  notAllowed,
  notFound,
  ok,
  parseMessageId,
  type Result,
} from "@herald/kernel";
import { z } from "zod";
import { storableText } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { WrongStatus } from "../dispatch/control-campaign.ts";
import { canMove, isFinal, isPausable } from "./campaign-status.ts";
import { type DecidedOf, maxDecided, type Resent } from "./decisions.ts";

const messageId = z.string().transform((value, ctx) => {
  const id = parseMessageId(value);
  if (id !== null) return id;
  ctx.addIssue({ code: "custom", message: "is not the id of a message" });
  return z.NEVER;
});
export const decidedMessageIds = z.array(messageId).min(1).max(maxDecided);
/** Why: kept with the decision, since nobody can tell it from the rows afterwards. */
export const decisionNote = storableText(500).trim().min(1);

export const ResendInput = z.strictObject({
  what: z.enum(["unknown", "failed"]),
  reasons: z.array(storableText(60).min(1)).min(1).max(50).optional(),
  messageIds: decidedMessageIds.optional(),
  /** How many the operator was told of, those left for later calls included: a resend of more is refused, for each of them may get it twice. */
  expected: z.int().min(1).optional(),
  note: decisionNote,
  /** Of a campaign that had ended: how long its next run may send. */
  expiresInHours: z.int().min(1).max(168).default(72),
});
export type ResendMessages = z.output<typeof ResendInput> & { readonly campaignId: CampaignId };

/** Results wait outside the ledger: one of them may answer what would be decided about. */
export type OverflowUnread = { readonly type: "overflow_unread" };
/** No message is as it was chosen; also when a receipt settled it in the meantime. */
export type NothingToDecide = { readonly type: "nothing_to_decide"; readonly what: "unknown" | "failed" | "held" };
/** More would be sent again than the operator was told of; nothing was. */
export type ResendGrew = {
  readonly type: "resend_grew";
  readonly what: "unknown" | "failed";
  readonly expected: number;
  readonly actual: number;
};
export type DecisionProblem = NotFound | NotAllowed | WrongStatus | OverflowUnread | NothingToDecide;

/**
 * Has unknown or failed messages sent once more, at the operator's own risk: whoever got an unknown one may get it twice. The one way in which a message
 * whose outcome is not known is ever sent again (law L3); with what was frozen (law L8), and consent is asked again when it is sent (law L7).
 * Moves at most 5,000 a call and says how many are left. A failure leaves nothing of it: what was counted against `expected` is what was picked, in the
 * transaction that ends with it. Fewer than expected are no failure: a receipt that settles one calls its resend off.
 */
export async function resendMessages(
  ctx: CampaignCtx,
  input: ResendMessages,
): Promise<Result<DecidedOf<Resent>, DecisionProblem | ResendGrew>> {
  if (!ctx.allows("campaign.control")) return err(notAllowed("campaign.control"));
  const control = await ctx.controls.lock(input.campaignId);
  if (!control) return err(notFound("campaign"));
  const { status, flag } = control;
  if (flag === "cancelled" || !(isPausable(status) || (isFinal(status) && canMove(status, "queued"))))
    return err({ type: "wrong_status", status, action: "resend" });
  const { isOverflowUnread, ...resent } = await ctx.decisions.resend(
    input.campaignId,
    { what: input.what, reasons: input.reasons ?? null, messageIds: input.messageIds ?? null },
    { expiresInMs: hours(input.expiresInHours), note: input.note, limit: maxDecided },
  );
  if (isOverflowUnread) return err({ type: "overflow_unread" });
  const actual = resent.moved + resent.more;
  if (input.expected !== undefined && actual > input.expected)
    return err({ type: "resend_grew", what: input.what, expected: input.expected, actual });
  return resent.moved > 0 ? ok({ campaignId: input.campaignId, ...resent }) : err({ type: "nothing_to_decide", what: input.what });
}
