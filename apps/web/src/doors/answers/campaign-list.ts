import { attentionCauses, buckets, type CampaignLine, campaignStatuses, pauseReasons, stalls } from "@herald/campaign";
import { z } from "zod";
import { isoOf, isoOrNull, time } from "./times.ts";

const count = z.int().min(0);
const counts = z.strictObject(
  Object.fromEntries(buckets.map((bucket) => [bucket, count])) as Record<(typeof buckets)[number], typeof count>,
);

/** A campaign as a row of the list. */
export const CampaignLineAnswer = z.strictObject({
  campaignId: z.uuid(),
  name: z.string(),
  kind: z.enum(["bulk", "test"]),
  status: z.enum(campaignStatuses),
  /** Cancelled, and not at its end yet. */
  isStopping: z.boolean(),
  planned: count,
  counts,
  replied: count,
  pauseReasons: z.array(z.enum(pauseReasons)),
  /** Who paused or stopped it last; `by` is null when it was no person. */
  stop: z.strictObject({ by: z.uuid().nullable(), at: time, note: z.string().nullable() }).nullable(),
  createdAt: time,
  scheduledAt: time.nullable(),
  scheduleZone: z.string().nullable(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  sender: z.strictObject({ senderId: z.uuid(), displayNumber: z.string(), verifiedName: z.string() }),
  template: z.strictObject({ templateId: z.uuid(), name: z.string(), language: z.string() }),
  blocks: z.array(z.strictObject({ blockId: z.string(), scope: z.string(), class: z.string(), code: z.string().nullable() })),
  stalled: z.enum(stalls).nullable(),
  killedBy: z.enum(["deployment", "workspace", "number"]).nullable(),
  restUntil: time.nullable(),
  attention: z.array(z.enum(attentionCauses)),
  /** Requests a second, and the cap of its number; null unless it sends. */
  perSecond: z.number().nullable(),
  capPerSecond: z.number().nullable(),
  endsAt: time.nullable(),
});
export type CampaignRow = z.output<typeof CampaignLineAnswer>;

export function presentLine(line: CampaignLine): CampaignRow {
  const { campaignId, name, kind, status, flag, planned, replied, sender, template, stop, sending, stalled, perSecond } = line;
  return {
    campaignId,
    name,
    kind,
    status,
    isStopping: flag === "cancelled" && status !== "cancelled",
    planned,
    counts: { ...line.counts },
    replied,
    pauseReasons: [...line.pauseReasons],
    stop: stop && { by: stop.by, at: isoOf(stop.atMs), note: stop.note },
    createdAt: isoOf(line.createdAtMs),
    scheduledAt: isoOrNull(line.scheduledAtMs),
    scheduleZone: line.scheduleZone,
    startedAt: isoOrNull(line.startedAtMs),
    finishedAt: isoOrNull(line.finishedAtMs),
    sender: { ...sender },
    template: { ...template },
    blocks: line.blocks.map((block) => ({ ...block })),
    stalled,
    killedBy: sending?.killedBy ?? null,
    restUntil: isoOrNull(sending?.restUntilMs ?? null),
    attention: [...line.attention],
    perSecond,
    capPerSecond: sending?.capPerSecond ?? null,
    endsAt: isoOrNull(line.endsAtMs),
  };
}

/** `attention`: how many of the workspace need somebody. */
export const CampaignLinesAnswer = z.strictObject({ campaigns: z.array(CampaignLineAnswer), attention: count });
export const presentLines = ({
  campaigns,
  attention,
}: {
  readonly campaigns: readonly CampaignLine[];
  readonly attention: number;
}): z.input<typeof CampaignLinesAnswer> => ({ campaigns: campaigns.map(presentLine), attention });
