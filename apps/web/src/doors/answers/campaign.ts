import {
  type AudiencePreview,
  buckets,
  type CampaignControl,
  type CampaignReport,
  campaignStatuses,
  type Launched,
  latePolicies,
  type Rescheduled,
  type ScheduledStart,
  skipReasons,
  stalls,
  type TestSent,
} from "@herald/campaign";
import { z } from "zod";
import {
  CausePart,
  ControlPart,
  DeferredPart,
  HeldPart,
  MeasuredPart,
  PacePart,
  presentControlState,
  presentDeferred,
  presentHeld,
  presentPace,
  presentUnknown,
  UnknownPart,
} from "./report-parts.ts";
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
  first: z.array(z.strictObject({ contactId: z.uuid(), displayName: z.string(), parameters: z.record(z.string(), z.string()) })).max(20),
  countries: z.array(z.strictObject({ country: z.string().length(2).nullable(), count })),
  fallbacks: z.record(z.string(), count),
  missingVariables: z.record(z.string(), count),
  maxRecipients: count,
  limitedBy: z.enum(["workspace", "portfolio"]),
  isOverLimit: z.boolean(),
  durationSeconds: count,
});
export const presentPreview = (preview: AudiencePreview): z.input<typeof PreviewAnswer> => ({
  ...preview,
  excluded: [...preview.excluded],
  first: preview.first.map((person) => ({ ...person })),
  countries: [...preview.countries],
  fallbacks: { ...preview.fallbacks },
  missingVariables: { ...preview.missingVariables },
});

const ScheduleAnswer = z.strictObject({
  at: time,
  zone: z.string().nullable(),
  /** What the wall clock there will show. */
  local: z.string().nullable(),
  note: z.string().nullable(),
});
const presentSchedule = (start: ScheduledStart): z.input<typeof ScheduleAnswer> => ({
  at: isoOf(start.atMs),
  zone: start.zone,
  local: start.local,
  note: clockNote(start),
});
function clockNote({ adjusted, zone, local }: ScheduledStart): string | null {
  if (adjusted === null) return null;
  return adjusted === "earlier_of_two"
    ? `The clocks in ${zone} go back then and show that time twice: the earlier one is taken.`
    : `The clocks in ${zone} go forward then and never show that time: it starts at ${local}.`;
}

export type Start = { readonly start: "starting" | "queued"; readonly note: string | null };
export const LaunchAnswer = z.strictObject({
  campaignId: z.uuid(),
  planned: count,
  eligible: count,
  chunkCount: count,
  schedule: ScheduleAnswer.nullable(),
  start: z.enum(["starting", "queued", "scheduled"]),
  note: z.string().nullable(),
});
export const presentLaunch = ({ schedule, ...launched }: Launched, start: Start): z.input<typeof LaunchAnswer> => ({
  ...launched,
  schedule: schedule && presentSchedule(schedule),
  ...start,
  // whether Temporal answers now says nothing of a start to come
  ...(schedule && { start: "scheduled" as const }),
});

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

/** `note`: what still keeps it from sending. */
export const ResumeAnswer = ControlAnswer.extend({ note: z.string().nullable() });
export const presentResumed = (control: CampaignControl, note: string | null): z.input<typeof ResumeAnswer> => ({
  ...presentControl(control),
  note,
});

export const RescheduleAnswer = ControlAnswer.extend({ schedule: ScheduleAnswer, expiresAt: time });
export const presentRescheduled = ({ schedule, expiresAtMs, ...control }: Rescheduled): z.input<typeof RescheduleAnswer> => ({
  ...presentControl(control),
  schedule: presentSchedule(schedule),
  expiresAt: isoOf(expiresAtMs),
});

export const TestSendAnswer = z.strictObject({
  campaignId: z.uuid(),
  planned: count,
  start: z.enum(["starting", "queued"]),
  note: z.string().nullable(),
});
export const presentTestSent = (sent: TestSent, start: Start): z.input<typeof TestSendAnswer> => ({ ...sent, ...start });

export const ReportAnswer = z.strictObject({
  campaign: z.strictObject({
    campaignId: z.uuid(),
    kind: z.enum(["bulk", "test"]),
    name: z.string(),
    status: z.enum(campaignStatuses),
    senderId: z.uuid(),
    planned: count,
    pauseReasons: z.array(z.string()),
    scheduledAt: time.nullable(),
    scheduleZone: z.string().nullable(),
    ifLate: z.enum(latePolicies),
    expiresAt: time,
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    isStagingDegraded: z.boolean(),
  }),
  ledger: z.strictObject({ planned: count, counts, recount: counts, isBalanced: z.boolean() }),
  skips: reasons,
  causes: z.array(CausePart),
  blocks: z.array(
    z.strictObject({
      blockId: z.string(),
      scope: z.string(),
      class: z.string(),
      code: z.string().nullable(),
      detail: z.string(),
      since: time,
    }),
  ),
  unknown: UnknownPart.nullable(),
  held: HeldPart.nullable(),
  deferred: z.array(DeferredPart),
  pace: PacePart,
  measured: MeasuredPart.nullable(),
  control: ControlPart,
  stalled: z.enum(stalls).nullable(),
});
export function presentReport(report: CampaignReport): z.input<typeof ReportAnswer> {
  const { campaign, ledger, skips, causes, blocks, unknown, held, deferred, pace, measured, control, stalled } = report;
  const { scheduledAtMs, expiresAtMs, createdAtMs, startedAtMs, finishedAtMs, pauseReasons, latePolicy, ...plain } = campaign;
  return {
    campaign: {
      ...plain,
      pauseReasons: [...pauseReasons],
      scheduledAt: isoOrNull(scheduledAtMs),
      ifLate: latePolicy,
      expiresAt: isoOf(expiresAtMs),
      createdAt: isoOf(createdAtMs),
      startedAt: isoOrNull(startedAtMs),
      finishedAt: isoOrNull(finishedAtMs),
    },
    ledger: { planned: ledger.planned, counts: { ...ledger.counts }, recount: { ...ledger.recount }, isBalanced: ledger.isBalanced },
    skips: [...skips],
    causes: [...causes],
    blocks: blocks.map(({ sinceMs, ...block }) => ({ ...block, since: isoOf(sinceMs) })),
    unknown: unknown && presentUnknown(unknown),
    held: held && presentHeld(held),
    deferred: deferred.map(presentDeferred),
    pace: presentPace(pace),
    measured,
    control: presentControlState(control),
    stalled,
  };
}
