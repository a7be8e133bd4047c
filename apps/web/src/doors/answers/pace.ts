import { type PaceHistory, paceWindows } from "@herald/campaign";
import { z } from "zod";
import { isoOf, isoOrNull, time } from "./times.ts";

export const PaceAnswer = z.strictObject({
  window: z.enum(paceWindows),
  stepSeconds: z.int().min(1),
  /** `at`: end of the step. */
  points: z.array(z.strictObject({ at: time, perSecond: z.number().min(0) })).max(300),
  /** `to` null: it is paused still. */
  pauses: z.array(z.strictObject({ from: time, to: time.nullable() })),
});

export const presentPaceHistory = ({ window, stepMs, points, pauses }: PaceHistory): z.input<typeof PaceAnswer> => ({
  window,
  stepSeconds: stepMs / 1000,
  points: points.map(({ atMs, perSecond }) => ({ at: isoOf(atMs), perSecond })),
  pauses: pauses.map(({ fromMs, toMs }) => ({ from: isoOf(fromMs), to: isoOrNull(toMs) })),
});
