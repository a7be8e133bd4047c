import {
  type ExplainedHeld,
  type ExplainedWait,
  type LastControl,
  messageStates,
  type SendingPace,
  type UnknownEvidence,
  waitCures,
} from "@herald/campaign";
import { z } from "zod";
import { isoOf, isoOrNull, time } from "./times.ts";

const count = z.int().min(0);

/** "No receipt for 3 h, while 99.7 % of this campaign's got one within 2 min": what to weigh before a resend or a write-off. */
export const UnknownPart = z.strictObject({
  count,
  oldestAt: time,
  comparedWith: count,
  within2MinShare: z.number().min(0).max(1).nullable(),
  medianFirstReceiptMs: z.number().nullable(),
  /** False: a decision is refused with `overflow_unread` for now. */
  isOverflowRead: z.boolean(),
});
export const presentUnknown = ({ oldestAtMs, ...evidence }: UnknownEvidence): z.input<typeof UnknownPart> => ({
  ...evidence,
  oldestAt: isoOf(oldestAtMs),
});

export const HeldPart = z.strictObject({
  count,
  oldestAt: time,
  /** Held for more than a day: `write-off` with `{"what": "held"}` gives these up. */
  ripe: count,
  isOverflowRead: z.boolean(),
  sentence: z.string(),
});
export const presentHeld = ({ oldestAtMs, ...held }: ExplainedHeld): z.input<typeof HeldPart> => ({ ...held, oldestAt: isoOf(oldestAtMs) });

export const DeferredPart = z.strictObject({
  class: z.string().nullable(),
  code: z.string().nullable(),
  reason: z.string().nullable(),
  count,
  earliestAt: time.nullable(),
  latestAt: time.nullable(),
  blockId: z.string().nullable(),
  cure: z.enum(waitCures),
  sentence: z.string(),
});
export const presentDeferred = ({ earliestAtMs, latestAtMs, ...wait }: ExplainedWait): z.input<typeof DeferredPart> => ({
  ...wait,
  earliestAt: isoOrNull(earliestAtMs),
  latestAt: isoOrNull(latestAtMs),
});

export const PacePart = z.strictObject({
  isMarketing: z.boolean(),
  weight: z.number(),
  maxPerSecond: z.number().nullable(),
  capPerSecond: z.number(),
  planSource: z.string(),
  planLevel: z.string(),
  planCheckedAt: time.nullable(),
  planProblem: z.string().nullable(),
  effectivePerSecond: z.number(),
  killedBy: z.enum(["deployment", "workspace", "number"]).nullable(),
  isSlowed: z.boolean(),
  restUntil: time.nullable(),
  restCode: z.string().nullable(),
  breakerOpenSince: time.nullable(),
  portfolio: z.strictObject({ limit: count, reserved: count }).nullable(),
  isInboxBehind: z.boolean(),
});
export const presentPace = (sending: SendingPace): z.input<typeof PacePart> => {
  const { planCheckedAtMs, restUntilMs, breakerOpenSinceMs, portfolio, ...pace } = sending;
  return {
    ...pace,
    portfolio: portfolio && { ...portfolio },
    planCheckedAt: isoOrNull(planCheckedAtMs),
    restUntil: isoOrNull(restUntilMs),
    breakerOpenSince: isoOrNull(breakerOpenSinceMs),
  };
};

export const CausePart = z.strictObject({
  class: z.string().nullable(),
  code: z.string().nullable(),
  /** What the provider wrote about one of them. */
  detail: z.string().nullable(),
  state: z.enum(messageStates),
  count,
});

/** Messages per second over the last `overMs`. */
export const MeasuredPart = z.strictObject({ perSecond: z.number().min(0), overMs: z.number() });

/** `last`: who paused, resumed or stopped it; `userId` null: the system. */
export const ControlPart = z.strictObject({
  flag: z.enum(["running", "paused", "cancelled"]),
  controlSeq: count,
  last: z
    .strictObject({
      action: z.enum(["paused", "resumed", "cancelled"]),
      at: time,
      userId: z.string().nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
});
export const presentControlState = ({ flag, controlSeq, last }: LastControl): z.input<typeof ControlPart> => ({
  flag,
  controlSeq,
  last: last && { action: last.action, at: isoOf(last.atMs), userId: last.userId, note: last.note },
});
