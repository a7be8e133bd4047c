import {
  type AudiencePreview,
  buckets,
  type CampaignControl,
  type CampaignReport,
  campaignStatuses,
  type Launched,
  messageStates,
  skipReasons,
} from "@herald/campaign";
import { z } from "zod";
import { isoOf, isoOrNull, time } from "./times.ts";

const count = z.int().min(0);
const reasons = z.array(z.strictObject({ reason: z.enum(skipReasons), count }));
const counts = z.strictObject(
  Object.fromEntries(buckets.map((bucket) => [bucket, count])) as Record<(typeof buckets)[number], typeof count>,
);

export const PreviewAnswer = z.strictObject({
  matched: count,
  eligible: count,
  excluded: reasons,
  first: z.array(z.strictObject({ contactId: z.uuid(), displayName: z.string(), parameters: z.record(z.string(), z.string()) })).max(10),
  fallbacks: z.record(z.string(), count),
  maxRecipients: count,
  isOverLimit: z.boolean(),
  durationSeconds: count,
});
export const presentPreview = (preview: AudiencePreview): z.input<typeof PreviewAnswer> => ({
  ...preview,
  excluded: [...preview.excluded],
  first: preview.first.map((person) => ({ ...person })),
  fallbacks: { ...preview.fallbacks },
});

export type Start = { readonly start: "starting" | "queued"; readonly note: string | null };
export const LaunchAnswer = z.strictObject({
  campaignId: z.uuid(),
  planned: count,
  eligible: count,
  chunkCount: count,
  start: z.enum(["starting", "queued"]),
  note: z.string().nullable(),
});
export const presentLaunch = (launched: Launched, start: Start): z.input<typeof LaunchAnswer> => ({ ...launched, ...start });

export const ControlAnswer = z.strictObject({
  campaignId: z.uuid(),
  flag: z.enum(["running", "paused", "cancelled"]),
  controlSeq: count,
  status: z.enum(campaignStatuses),
});
export const presentControl = ({ campaignId, flag, controlSeq, status }: CampaignControl): z.input<typeof ControlAnswer> => ({
  campaignId,
  flag,
  controlSeq,
  status,
});

export const ReportAnswer = z.strictObject({
  campaign: z.strictObject({
    campaignId: z.uuid(),
    name: z.string(),
    status: z.enum(campaignStatuses),
    senderId: z.uuid(),
    planned: count,
    pauseReasons: z.array(z.string()),
    scheduledAt: time.nullable(),
    expiresAt: time,
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    isStagingDegraded: z.boolean(),
  }),
  ledger: z.strictObject({ planned: count, counts, recount: counts, isBalanced: z.boolean() }),
  skips: reasons,
  causes: z.array(z.strictObject({ class: z.string().nullable(), code: z.string().nullable(), state: z.enum(messageStates), count })),
  blocks: z.array(z.strictObject({ scope: z.string(), class: z.string(), code: z.string().nullable(), detail: z.string(), since: time })),
  stalled: z.string().nullable(),
});
export function presentReport({ campaign, ledger, skips, causes, blocks, stalled }: CampaignReport): z.input<typeof ReportAnswer> {
  const { scheduledAtMs, expiresAtMs, createdAtMs, startedAtMs, finishedAtMs, pauseReasons, ...plain } = campaign;
  return {
    campaign: {
      ...plain,
      pauseReasons: [...pauseReasons],
      scheduledAt: isoOrNull(scheduledAtMs),
      expiresAt: isoOf(expiresAtMs),
      createdAt: isoOf(createdAtMs),
      startedAt: isoOrNull(startedAtMs),
      finishedAt: isoOrNull(finishedAtMs),
    },
    ledger: { planned: ledger.planned, counts: { ...ledger.counts }, recount: { ...ledger.recount }, isBalanced: ledger.isBalanced },
    skips: [...skips],
    causes: [...causes],
    blocks: blocks.map(({ sinceMs, ...block }) => ({ ...block, since: isoOf(sinceMs) })),
    stalled,
  };
}
